# SPDX-License-Identifier: Apache-2.0
# Run as a script: makes of Unicode's emoji-test.txt (INPUT) what the app embeds (OUTPUT). A quarter
# of it is left: lines of a group ("=Smileys & Emotion"), of a kind within it ("~face-smiling"), and
# of an emoji in the form that is to be sent ("1F600<tab>grinning face").
file(READ "${INPUT}" text)
# CMake's lists are separated by semicolons, and these are no lists.
string(REPLACE ";" "|" text "${text}")
string(REGEX REPLACE "\n# group: Component\n.*\n# Component subtotal" "\n#" text "${text}")
string(REGEX REPLACE "\n# group: ([^\n]*)" "\n=\\1" text "${text}")
string(REGEX REPLACE "\n# subgroup: ([^\n]*)" "\n~\\1" text "${text}")
string(REGEX REPLACE "\n#[^\n]*" "" text "${text}")
string(REGEX REPLACE "\n[^\n|]*\\| (unqualified|minimally-qualified|component)[^\n]*" "" text "${text}")
string(REGEX REPLACE " +\\| fully-qualified +# [^ ]+ E[0-9.]+ " "\t" text "${text}")
string(REGEX REPLACE "^#[^\n]*\n" "" text "${text}")
string(REGEX REPLACE "\n\n+" "\n" text "${text}")
string(STRIP "${text}" text)
string(LENGTH "${text}" size)
if(NOT text MATCHES "^=[^\n]+\n~[^\n]+\n1F600\tgrinning face\n" OR size LESS 80000)
    message(FATAL_ERROR "${INPUT} is not what emoji-test.txt is known to look like")
endif()
file(WRITE "${OUTPUT}" "${text}\n")
