# The packages, found once; every layer links only what it may use.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED)
find_package(TBB REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Threads REQUIRED)
find_package(hwy 1.0 REQUIRED)
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)

# yaml-cpp 0.7 exports `yaml-cpp`, later ones `yaml-cpp::yaml-cpp`.
if(TARGET yaml-cpp::yaml-cpp)
  set(HOMEWARD_YAML yaml-cpp::yaml-cpp)
else()
  set(HOMEWARD_YAML yaml-cpp)
endif()
add_library(homeward_random123 INTERFACE)
target_include_directories(homeward_random123 SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})
