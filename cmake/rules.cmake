# rules.cmake - compiler settings and the three verbs of the build:
#   marshrut_library(NAME SOURCES … [USES …])   a static library; include paths are rooted at lib/ and /
#   marshrut_program(NAME SOURCES … [USES …])   an executable in bin/
#   marshrut_test(FILE [USES …])                a Criterion test; its name is its path, see tests/
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(MARSHRUT_TESTS "build the tests" OFF)
option(MARSHRUT_WERROR "warnings are errors" OFF)
set(MARSHRUT_SANITIZE "" CACHE STRING "sanitizers, as for -fsanitize=")

add_compile_definitions(_POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wformat=2)
if(MARSHRUT_WERROR)
    add_compile_options(-Werror)
endif()
if(MARSHRUT_SANITIZE)
    add_compile_options(-fsanitize=${MARSHRUT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${MARSHRUT_SANITIZE})
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(ZMQ REQUIRED IMPORTED_TARGET libzmq)
pkg_check_modules(CZMQ REQUIRED IMPORTED_TARGET libczmq)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
find_library(LMDB_LIBRARY lmdb REQUIRED) # Debian's package has a .pc file only from 13 on

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
