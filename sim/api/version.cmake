# What the program says of itself: version, git revision, libraries. Included by sim/CMakeLists.txt.
#
# The revision is looked up at every build, since commits do not configure anew; its file changes only when it does.
set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${generated}/api)

string(CONCAT libraries
  "{\"Boost\", \"${Boost_VERSION_STRING}\"}, {\"CLI11\", \"${CLI11_VERSION}\"}, "
  "{\"Eigen\", \"${Eigen3_VERSION}\"}, {\"Highway\", \"${hwy_VERSION}\"}, "
  "{\"nlohmann-json\", \"${nlohmann_json_VERSION}\"}, {\"HDF5\", \"${HDF5_VERSION}\"}, "
  "{\"TBB\", \"${TBB_VERSION}\"}, "
  "{\"yaml-cpp\", \"${yaml-cpp_VERSION}\"}")
file(CONFIGURE OUTPUT ${generated}/api/build.h CONTENT
"// Written by sim/api/version.cmake.
#pragma once
#define HOMEWARD_VERSION \"${PROJECT_VERSION}\"
#define HOMEWARD_TABLES_FOLDER \"${PROJECT_SOURCE_DIR}/scenarios/data\"
#define HOMEWARD_LIBRARIES @libraries@
" @ONLY)

find_package(Git QUIET)
add_custom_target(homeward_revision
  COMMAND ${CMAKE_COMMAND} "-DGIT=${GIT_EXECUTABLE}" -DSOURCE=${PROJECT_SOURCE_DIR} -DFILE=${generated}/api/revision.h
          -P ${CMAKE_CURRENT_LIST_DIR}/revision.cmake
  BYPRODUCTS ${generated}/api/revision.h
  COMMENT "Looking up the git revision" VERBATIM)
add_dependencies(homeward_api homeward_revision)
target_include_directories(homeward_api PRIVATE ${generated})
