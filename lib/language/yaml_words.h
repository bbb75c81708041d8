/* yaml_words.h - what libyaml says of a text that is no YAML. Private to lib/language. */
#ifndef LANGUAGE_YAML_WORDS_H
#define LANGUAGE_YAML_WORDS_H

/* In the language of the program where we know the sentence, else as it is. */
const char *yaml_word(const char *text);

#endif
