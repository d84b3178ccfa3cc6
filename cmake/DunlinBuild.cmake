# SPDX-License-Identifier: Apache-2.0
# How every target of Dunlin is built: warnings, sanitizers, ccache, the linker.

option(DUNLIN_PRECOMPILE "Precompile the headers most sources include: a third less to compile from nothing" OFF)

find_program(DUNLIN_CCACHE ccache)
if(DUNLIN_CCACHE)
    # Paths below the source are taken as relative: every clone on a machine shares the cache. The
    # last is what ccache asks for before it keeps anything that was compiled with such headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros ${DUNLIN_CCACHE})
endif()

find_program(DUNLIN_MOLD mold)
if(DUNLIN_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

set(DUNLIN_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them; see CMakePresets.json")
if(DUNLIN_SANITIZE)
    add_compile_options(-fsanitize=${DUNLIN_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${DUNLIN_SANITIZE})
endif()

# What every target of ours is compiled with; generated code is not.
add_library(dunlin_options INTERFACE)
target_compile_options(dunlin_options INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough
    # GCC 12 reports these in its own and Qt's headers when coroutines are inlined.
    -Wno-null-dereference $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> -Wno-mismatched-new-delete)
target_compile_definitions(dunlin_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS)

# Has target take the headers that are precompiled, when they are. Builds without them see to it that
# every source includes what it uses.
function(dunlin_precompile target)
    if(DUNLIN_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM dunlin_precompiled)
    endif()
endfunction()

# dunlin_library(NAME SOURCES ... [PUBLIC_LINKS ...] [PRIVATE_LINKS ...])
# One static library a folder; what it may use is what it links, nothing else.
function(dunlin_library name)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;PUBLIC_LINKS;PRIVATE_LINKS")
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC ${ARG_PUBLIC_LINKS} PRIVATE dunlin_options ${ARG_PRIVATE_LINKS})
    dunlin_precompile(${name})
endfunction()

# dunlin_test(NAME LABEL unit|integration|gui SOURCES ... LINKS ... [TIMEOUT seconds])
# One QTest executable registered with ctest.
function(dunlin_test name)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "LABEL;TIMEOUT" "SOURCES;LINKS;ENVIRONMENT")
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE dunlin_options Qt6::Test ${ARG_LINKS})
    dunlin_precompile(${name})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "${ARG_ENVIRONMENT}")
endfunction()
