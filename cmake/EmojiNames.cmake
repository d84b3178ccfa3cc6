# SPDX-License-Identifier: Apache-2.0
# Run as a script: makes of the CLDR's annotations for LANGUAGE, below the folder INPUT, what the app
# embeds (OUTPUT): a line with each emoji's other words ("<emoji><tab>face | grin"), and one with its
# name ("<emoji><tab>=grinning face"). See https://www.unicode.org/reports/tr35/tr35-general.html#Annotations
set(lines "")
foreach(folder annotations annotationsDerived)
    file(READ "${INPUT}/${folder}/${LANGUAGE}.xml" text)
    string(FIND "${text}" "<annotations>" begin)
    string(SUBSTRING "${text}" ${begin} -1 text)
    string(REPLACE "&amp;" "&" text "${text}")
    # CMake's lists are separated by semicolons, and these are no lists.
    string(REPLACE ";" "," text "${text}")
    # Skin tones go by the name of what has none.
    string(REGEX REPLACE "\n[^\n]*(🏻|🏼|🏽|🏾|🏿)[^\n]*" "" text "${text}")
    string(REGEX REPLACE "\n[ \t]*<annotation cp=\"([^\"\n]+)\" type=\"tts\"[^>\n]*>([^<\n]*)<[^\n]*" "\n\\1\t=\\2" text "${text}")
    string(REGEX REPLACE "\n[ \t]*<annotation cp=\"([^\"\n]+)\"[^>\n]*>([^<\n]*)<[^\n]*" "\n\\1\t\\2" text "${text}")
    # What is left begins with a space or a tag.
    string(REGEX REPLACE "(^|\n)[ \t<][^\n]*" "" text "${text}")
    string(APPEND lines "${text}")
endforeach()
string(STRIP "${lines}" lines)
string(LENGTH "${lines}" size)
if(NOT lines MATCHES "\n😀\t[^\n=<]+\n😀\t=[^\n<]+\n" OR lines MATCHES "[<>]" OR size LESS 80000)
    message(FATAL_ERROR "${INPUT} is not what the CLDR's annotations are known to look like")
endif()
file(WRITE "${OUTPUT}" "${lines}\n")
