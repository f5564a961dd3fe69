# `cmake --install`: the program, the scenarios it finds by itself, and a CMake package for other projects: headers of
# include/homeward and one static library of all layers. A project says find_package(homeward) and homeward::homeward.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

get_property(layers GLOBAL PROPERTY HOMEWARD_COMPILED_LAYERS)
set(objects "")
foreach(layer ${layers})
  list(APPEND objects $<TARGET_OBJECTS:homeward_${layer}>)
endforeach()
add_library(homeward_library STATIC ${objects})
set_target_properties(homeward_library PROPERTIES OUTPUT_NAME homeward EXPORT_NAME homeward LINKER_LANGUAGE CXX)
target_compile_features(homeward_library INTERFACE cxx_std_20)
target_include_directories(homeward_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# What the layers need when they are linked; their header-only packages end here.
target_link_libraries(homeward_library PRIVATE TBB::tbb ${HOMEWARD_YAML} ${HOMEWARD_HIGHWAY_LIBRARY} homeward_hdf5)
# `cmake --build --target homeward` is all that an installation wants to have been built.
add_dependencies(homeward homeward_library)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/homeward)
set(HOMEWARD_SCENARIOS ${CMAKE_INSTALL_DATADIR}/homeward/scenarios)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/homewardConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/homewardConfig.cmake INSTALL_DESTINATION ${package} PATH_VARS HOMEWARD_SCENARIOS)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/homewardConfigVersion.cmake COMPATIBILITY SameMinorVersion)

install(TARGETS homeward RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(HOMEWARD_PORTABLE)
  # Everything the program needs but the C library, found relative to it; with DT_RPATH these find each other, too.
  target_link_options(homeward PRIVATE -Wl,--disable-new-dtags)
  set_target_properties(homeward PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/homeward")
  install(TARGETS homeward RUNTIME_DEPENDENCY_SET homeward_needs)
  install(RUNTIME_DEPENDENCY_SET homeward_needs
          PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|pthread|rt|resolv)[.]so" LIBRARY DESTINATION lib/homeward)
endif()
install(TARGETS homeward_library EXPORT homewardTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT homewardTargets NAMESPACE homeward:: DESTINATION ${package})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/homewardConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/homewardConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/FindHomewardHdf5.cmake DESTINATION ${package})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/homeward DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/homeward)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/CITATION.cff ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/sim/report/vega/LICENSES.txt DESTINATION ${CMAKE_INSTALL_DOCDIR}
        RENAME LICENSES-of-scripts.txt)
