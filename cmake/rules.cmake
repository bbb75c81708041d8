# rules.cmake - compiler settings and the verbs of the build:
#   marshrut_library(NAME SOURCES … [USES …])   a static library; include paths are rooted at lib/ and /
#   marshrut_program(NAME SOURCES … [USES …])   an executable in bin/
#   marshrut_test(FILE [USES …])                a Criterion test; its name is its path, see tests/
# and, for parsers, a fourth:
#   marshrut_fuzzer(FILE CORPUS DIR [USES …])   LLVMFuzzerTestOneInput() in FILE, seeds in DIR
# Presets that set the options below are in CMakePresets.json.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(MARSHRUT_TESTS "build the tests" OFF)
option(MARSHRUT_WERROR "warnings are errors" OFF)
option(MARSHRUT_FUZZ "build the fuzzers with clang's engine" OFF)
set(MARSHRUT_FUZZ_SECONDS 10 CACHE STRING "how long ctest runs each fuzzer")
set(MARSHRUT_SANITIZE "" CACHE STRING "sanitizers, as for -fsanitize=")

add_compile_definitions(_POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wformat=2)
if(MARSHRUT_WERROR)
    add_compile_options(-Werror)
endif()
add_link_options(LINKER:--as-needed) # a program does not load what it does not call: ICU has 30 MB
if(MARSHRUT_SANITIZE)
    add_compile_options(-fsanitize=${MARSHRUT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${MARSHRUT_SANITIZE})
endif()
if(MARSHRUT_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address)
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(ZMQ REQUIRED IMPORTED_TARGET libzmq)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)
find_library(LMDB_LIBRARY lmdb REQUIRED) # Debian's package has a .pc file only from 13 on
find_library(JQ_LIBRARY jq REQUIRED) # it has none at all
find_library(ICAL_LIBRARY ical REQUIRED) # its .pc file adds scheduling and vCards, which we don't use

function(marshrut_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_USES})
endfunction()

function(marshrut_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${ARG_USES})
endfunction()

# unit/store/store_test.c becomes the test "unit/store/store_test".
function(marshrut_test file)
    cmake_parse_arguments(ARG "" "" "USES;SOURCES" ${ARGN})
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    string(REGEX REPLACE "\\.c$" "" path ${path})
    string(REPLACE "/" "-" target ${path})
    pkg_check_modules(CRITERION REQUIRED IMPORTED_TARGET criterion)
    add_executable(${target} ${file} ${ARG_SOURCES})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR})
    target_compile_definitions(${target} PRIVATE
        SOURCE_DIR="${PROJECT_SOURCE_DIR}" BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_link_libraries(${target} PRIVATE ${ARG_USES} PkgConfig::CRITERION)
    # Criterion's Test() macros define functions without prototypes
    target_compile_options(${target} PRIVATE -Wno-missing-prototypes)
    add_test(NAME ${path} COMMAND ${target})
endfunction()

# Built only where MARSHRUT_FUZZ is on. fuzz/yaml_fuzz.c becomes the test "fuzz/yaml_fuzz": a short
# run from the seeds; what it finds anew stays in the build folder.
function(marshrut_fuzzer file)
    if(NOT MARSHRUT_FUZZ)
        return()
    endif()
    cmake_parse_arguments(ARG "" "CORPUS" "USES" ${ARGN})
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    string(REGEX REPLACE "\\.c$" "" path ${path})
    string(REPLACE "/" "-" target ${path})
    add_executable(${target} ${file})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR})
    target_compile_options(${target} PRIVATE -Wno-missing-prototypes)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(${target} PRIVATE ${ARG_USES})
    set(found ${CMAKE_CURRENT_BINARY_DIR}/found-${target})
    file(MAKE_DIRECTORY ${found})
    add_test(NAME ${path} COMMAND ${target} -max_total_time=${MARSHRUT_FUZZ_SECONDS} -timeout=10
        -rss_limit_mb=1024 -verbosity=0 ${found} ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_CORPUS})
endfunction()
