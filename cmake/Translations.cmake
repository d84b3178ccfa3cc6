# SPDX-License-Identifier: Apache-2.0
# Translations of the app: "cmake --build . --target update_translations" brings the .ts files up to
# date with the code, lrelease makes of them what the program reads. Both are called by their names:
# Qt's own CMake functions for it come with Qt's whole set of graphical tools.
foreach(tool lupdate lrelease)
    string(TOUPPER DUNLIN_${tool} variable)
    find_program(${variable} ${tool} HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} NO_DEFAULT_PATH
        DOC "Debian's package qt6-l10n-tools has it" REQUIRED)
endforeach()

# dunlin_translations(TARGET FOLDER LANGUAGE...)
# Compiles FOLDER/dunlin_LANGUAGE.ts into the target, as :/dunlin/translations/dunlin_LANGUAGE.qm.
function(dunlin_translations target folder)
    set(compiled)
    set(updates)
    foreach(language ${ARGN})
        set(source ${folder}/dunlin_${language}.ts)
        set(output ${CMAKE_CURRENT_BINARY_DIR}/dunlin_${language}.qm)
        add_custom_command(OUTPUT ${output}
            COMMAND ${DUNLIN_LRELEASE} -silent ${source} -qm ${output}
            DEPENDS ${source} VERBATIM)
        set_source_files_properties(${output} PROPERTIES QT_RESOURCE_ALIAS dunlin_${language}.qm)
        list(APPEND compiled ${output})
    endforeach()
    qt_add_resources(${target} translations PREFIX /dunlin/translations FILES ${compiled})
    add_custom_target(update_translations
        COMMAND ${folder}/update ${DUNLIN_LUPDATE} VERBATIM USES_TERMINAL)
endfunction()
