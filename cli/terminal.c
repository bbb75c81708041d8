/* terminal.c - the whole screen of a terminal: its keys, its size, and leaving it as it was
 *
 * Owns:    the mode of the terminal while `top` runs, and the bytes of a key that is not whole.
 * In:      top.c.
 * Always:  the screen that was there before stands there again, also after a signal.
 * See:     ECMA-48; xterm's control sequences for the other screen (1049) and the cursor (25)
 */
#include "cli/terminal.h"

#include "cli/text.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define ROWS_MIN     5
#define ROWS_UNKNOWN 24
#define SEQUENCE_MS  50 /* the rest of a key comes at once; an escape alone is the key Escape */

static struct {
    const struct output *output; /* NULL: not open */
    struct termios before;
    char bytes[16]; /* come, not taken */
    size_t count;
} terminal;

static volatile sig_atomic_t stopped;
static volatile sig_atomic_t resized;

static void on_signal(int number)
{
    if (number == SIGWINCH) {
        resized = 1;
    } else {
        stopped = 1;
    }
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH};
    struct sigaction action = {.sa_handler = on_signal};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaction(numbers[i], &action, NULL); /* without SA_RESTART: waiting ends */
    }
}

bool terminal_open(const struct output *output, struct error *err)
{
    struct termios raw;

    if (!output->terminal || tcgetattr(STDIN_FILENO, &terminal.before) != 0) {
        return error_set(err, ERROR_UNSUPPORTED, "standard input or output is no terminal");
    }
    catch_signals();
    raw = terminal.before;
    raw.c_iflag &= ~(tcflag_t)(ICRNL | IXON);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    terminal.output = output;
    fputs("\033[?1049h\033[?25l\033[H\033[2J", output->file);
    fflush(output->file);
    return true;
}

void terminal_close(void)
{
    if (terminal.output != NULL) {
        fputs("\033[?25h\033[?1049l", terminal.output->file);
        fflush(terminal.output->file);
        tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal.before);
        terminal.output = NULL;
    }
}

void terminal_size(size_t *ret_rows, size_t *ret_columns)
{
    struct winsize size;
    bool known = ioctl(fileno(terminal.output->file), TIOCGWINSZ, &size) == 0 && size.ws_row > 0;

    *ret_rows = known ? size.ws_row : ROWS_UNKNOWN;
    *ret_rows = *ret_rows < ROWS_MIN ? ROWS_MIN : *ret_rows;
    *ret_columns = output_columns(terminal.output);
}

void terminal_show(const char *const *lines, size_t count)
{
    FILE *file = terminal.output->file;

    fputs("\033[H", file);
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "%s%s\033[K", i > 0 ? "\r\n" : "", lines[i]);
    }
    fputs("\033[J", file);
    fflush(file);
}

/* --- keys ---------------------------------------------------------------------------------- */

/* More bytes, if there are any in time. */
static bool read_more(int timeout_ms)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

    if (terminal.count == sizeof terminal.bytes || poll(&in, 1, timeout_ms) <= 0) {
        return false;
    }
    ssize_t size =
        read(STDIN_FILENO, terminal.bytes + terminal.count, sizeof terminal.bytes - terminal.count);
    if (size <= 0) {
        stopped = stopped || size == 0 || errno != EINTR; /* the terminal is gone */
        return false;
    }
    terminal.count += (size_t)size;
    return true;
}

static void take(size_t count)
{
    terminal.count -= count;
    memmove(terminal.bytes, terminal.bytes + count, terminal.count);
}

static const struct {
    const char *bytes;
    unsigned key;
} sequences[] = {
    {"\033[A", KEY_UP},   {"\033OA", KEY_UP},       {"\033[B", KEY_DOWN},
    {"\033OB", KEY_DOWN}, {"\033[5~", KEY_PAGE_UP}, {"\033[6~", KEY_PAGE_DOWN},
    {"\033[H", KEY_HOME}, {"\033OH", KEY_HOME},     {"\033[1~", KEY_HOME},
    {"\033[F", KEY_END},  {"\033OF", KEY_END},      {"\033[4~", KEY_END},
};

/* A sequence that is not ours ends with a letter or "~". */
static unsigned take_sequence(void)
{
    while (terminal.count < 3 && read_more(SEQUENCE_MS)) {
    }
    if (terminal.count == 1 || (terminal.bytes[1] != '[' && terminal.bytes[1] != 'O')) {
        take(1);
        return KEY_ESCAPE;
    }
    size_t end = 2;
    while ((end < terminal.count || read_more(SEQUENCE_MS)) && terminal.bytes[end] < '@') {
        end++;
    }
    size_t size = end < terminal.count ? end + 1 : terminal.count;
    unsigned key = KEY_OTHER;
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        if (strlen(sequences[i].bytes) == size &&
            memcmp(sequences[i].bytes, terminal.bytes, size) == 0) {
            key = sequences[i].key;
        }
    }
    take(size);
    return key;
}

/* The Latin letter in the place of a Russian one. */
static unsigned latin(unsigned character)
{
    static const struct {
        unsigned from;
        unsigned to;
    } places[] = {{0x439, 'q'}, {0x437, 'p'}, {0x44B, 's'}, {0x43E, 'j'}, {0x43B, 'k'}};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (places[i].from == character) {
            return places[i].to;
        }
    }
    return character;
}

static unsigned take_character(void)
{
    const char *at = terminal.bytes;
    unsigned char first = (unsigned char)*at;
    size_t wanted = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    while (terminal.count < wanted && read_more(SEQUENCE_MS)) {
    }
    unsigned character = text_next(&at, terminal.bytes + terminal.count);
    take((size_t)(at - terminal.bytes));
    switch (character) {
    case '\r':
    case '\n':
        return KEY_ENTER;
    case 3: /* Ctrl-C */
    case 4: /* Ctrl-D */
        return 'q';
    default:
        return latin(character);
    }
}

unsigned terminal_key(int timeout_ms)
{
    if (terminal.count == 0 && !stopped && !resized) {
        read_more(timeout_ms);
    }
    if (stopped) {
        return KEY_STOP;
    }
    if (resized) {
        resized = 0;
        return KEY_RESIZE;
    }
    if (terminal.count == 0) {
        return KEY_NONE;
    }
    return terminal.bytes[0] == '\033' ? take_sequence() : take_character();
}
