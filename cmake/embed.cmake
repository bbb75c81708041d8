# embed.cmake - texts of files as C arrays, so that a program has them wherever it is run:
#   cmake -DOUTPUT=FILE.c -DTABLE=NAME -DINCLUDE=HEADER "-DFILES=A;B" -P embed.cmake
# The table's rows are {name without folder and ending, text, size}; the last is all zeros.
set(arrays "")
set(rows "")
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} bytes HEX)
    string(LENGTH "${bytes}" digits)
    math(EXPR size "${digits} / 2")
    string(REPEAT "." 32 sixteen_bytes) # a line of the array
    string(REGEX REPLACE "(${sixteen_bytes})" "\\1\n" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(MAKE_C_IDENTIFIER ${name} symbol)
    string(APPEND arrays "static const unsigned char text_${symbol}[] = {\n${bytes}0x00};\n\n")
    string(APPEND rows "    {\"${name}\", (const char *)text_${symbol}, ${size}},\n")
endforeach()
file(WRITE ${OUTPUT} "/* made by cmake/embed.cmake */\n#include \"${INCLUDE}\"\n\n${arrays}")
file(APPEND ${OUTPUT} "const struct bundled_text ${TABLE}[] = {\n${rows}    {0},\n};\n")
