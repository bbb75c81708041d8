/* export_words.c - words of the protocol, as people in Russia read them in files
 *
 * Owns:    the translations; the page has the same words (web/js/parts/state.js).
 * Always:  the words are in the order of strcmp(): they are searched by halves.
 */
#include "engine/web/export_part.h"

#include <stdlib.h>
#include <string.h>

static const struct word {
    const char *word;
    const char *russian;
} words[] = {
    {"accepted", "принято"},
    {"accepted_in_part", "принято частично"},
    {"assignment.accepted", "отчёт принят"},
    {"assignment.asked", "просят продлить срок"},
    {"assignment.commented", "замечание"},
    {"assignment.delegated", "поручено дальше"},
    {"assignment.given", "дано поручение"},
    {"assignment.handed", "заместитель принял или вернул дела"},
    {"assignment.noticed", "отправлено уведомление"},
    {"assignment.part", "часть соисполнителя"},
    {"assignment.paused", "срок приостановлен"},
    {"assignment.reassigned", "передано другому исполнителю"},
    {"assignment.refused", "в продлении отказано"},
    {"assignment.reported", "подан отчёт"},
    {"assignment.resumed", "срок идёт дальше"},
    {"assignment.returned", "возвращено на доработку"},
    {"assignment.step", "срок приблизился или прошёл"},
    {"assignment.taken-back", "передача отозвана"},
    {"assignment.term", "срок изменён"},
    {"assignment.withdrawn", "снято с контроля"},
    {"backoff", "ждёт новой попытки"},
    {"bodies", "органы"},
    {"calendar", "календарь"},
    {"cancelled", "отменён"},
    {"child.closed", "вложенный процесс окончен"},
    {"child.started", "начат вложенный процесс"},
    {"completed", "завершён"},
    {"critical", "просрочено давно"},
    {"data.set", "данные изменены"},
    {"definition.deployed", "документ введён в действие"},
    {"definition.removed", "документ выведен из действия"},
    {"delegated", "поручено дальше"},
    {"due", "срок истекает"},
    {"escalated", "сообщено выше"},
    {"event.received", "получено событие"},
    {"event.routed", "событие направлено"},
    {"faulted", "прерван ошибкой"},
    {"in-part", "частично"},
    {"incident", "инцидент"},
    {"indicators", "показатели"},
    {"instance.cancelled", "процесс отменён"},
    {"instance.completed", "процесс завершён"},
    {"instance.faulted", "процесс прерван ошибкой"},
    {"instance.migrated", "процесс переведён на другую версию"},
    {"instance.resumed", "процесс возобновлён"},
    {"instance.started", "процесс начат"},
    {"instance.suspended", "процесс приостановлен"},
    {"met", "в срок"},
    {"met-after-extension", "в срок после продления"},
    {"met-late", "с опозданием"},
    {"open", "в работе"},
    {"opened", "началось"},
    {"overdue", "просрочено"},
    {"paused", "приостановлено"},
    {"planned", "впереди"},
    {"policy", "правила"},
    {"reminder", "напоминание"},
    {"reported", "отчёт ждёт решения"},
    {"roadmap", "план"},
    {"routes", "маршруты событий"},
    {"running", "идёт"},
    {"soon", "срок близко"},
    {"suspended", "приостановлен"},
    {"task.cancelled", "шаг отменён"},
    {"task.caught", "ошибка шага обработана"},
    {"task.done", "шаг выполнен"},
    {"task.failed", "попытка не удалась"},
    {"task.faulted", "шаг прерван ошибкой"},
    {"task.incident", "шаг требует внимания"},
    {"task.opened", "шаг начат"},
    {"task.ready", "шаг ждёт исполнителя"},
    {"task.skipped", "шаг пропущен"},
    {"today", "срок сегодня"},
    {"withdrawn", "снято с контроля"},
    {"workflow", "процесс"},
};

static int compare(const void *word, const void *entry)
{
    return strcmp(word, ((const struct word *)entry)->word);
}

const char *export_word(const char *word)
{
    const struct word *found =
        bsearch(word, words, sizeof words / sizeof *words, sizeof *words, compare);

    return found != NULL ? found->russian : NULL;
}
