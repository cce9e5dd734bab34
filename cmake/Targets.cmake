# The three libraries. Their flags are their own: nothing is set for the whole directory.
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(Eigen3 3.4 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(benchmark REQUIRED)
find_package(CLI11 2.1 REQUIRED)

# One folder of links, so that the tree and an installed copy include alike.
set(SEEDPROOF_INCLUDE ${PROJECT_BINARY_DIR}/include)
set(SEEDPROOF_LISTS ${PROJECT_BINARY_DIR}/lists)
file(MAKE_DIRECTORY ${SEEDPROOF_INCLUDE}/seedproof ${SEEDPROOF_LISTS}/seedproof_lists)
foreach(folder rng layers harness)
  if(NOT EXISTS ${SEEDPROOF_INCLUDE}/seedproof/${folder})
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${folder} ${SEEDPROOF_INCLUDE}/seedproof/${folder} SYMBOLIC)
  endif()
endforeach()

function(seedproof_flags target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  # Contraction would fuse a product into a sum on one target and not on another: other bits.
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wno-sign-conversion -ffp-contract=off
    # False alarms of g++ 12 inside std::string and std::variant (GCC bugs 105329 and 105562).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>)
  if(SEEDPROOF_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${SEEDPROOF_SANITIZE}
      -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${SEEDPROOF_SANITIZE})
  endif()
endfunction()

function(seedproof_library name)
  add_library(seedproof_${name} STATIC)
  add_library(seedproof::${name} ALIAS seedproof_${name})
  set_target_properties(seedproof_${name} PROPERTIES EXPORT_NAME ${name} OUTPUT_NAME seedproof_${name})
  seedproof_flags(seedproof_${name})
  target_include_directories(seedproof_${name} PRIVATE ${SEEDPROOF_LISTS})
  target_sources(seedproof_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${SEEDPROOF_INCLUDE})
endfunction()

seedproof_library(rng)
target_include_directories(seedproof_rng SYSTEM PRIVATE ${Boost_INCLUDE_DIRS})

seedproof_library(layers)
target_link_libraries(seedproof_layers PUBLIC seedproof_rng PRIVATE $<BUILD_INTERFACE:Eigen3::Eigen>)

seedproof_library(harness)
target_link_libraries(seedproof_harness PUBLIC seedproof_layers
  PRIVATE $<BUILD_INTERFACE:nlohmann_json::nlohmann_json> $<BUILD_INTERFACE:CLI11::CLI11>
  benchmark::benchmark fmt::fmt Threads::Threads)
target_include_directories(seedproof_harness SYSTEM PRIVATE ${Boost_INCLUDE_DIRS})

# Where the program looks for goldens when it is told nothing: beside an installed copy, or here.
set(SEEDPROOF_GOLDEN_INSTALLED ${CMAKE_INSTALL_FULL_DATADIR}/seedproof/golden)
