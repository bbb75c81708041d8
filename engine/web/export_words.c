/* export_words.c - words of the protocol, as people in Russia read them in files
 *
 * Owns:    the translations; the page has the same words (web/js/parts/state.js, story.js).
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
    {"asked", "просят продлить"},
    {"assignment.accepted", "отчёт принят"},
    {"assignment.asked", "просят продлить срок"},
    {"assignment.commented", "замечание"},
    {"assignment.delegated", "передано на исполнение"},
    {"assignment.given", "дано поручение"},
    {"assignment.handed", "заместитель принял или вернул дела"},
    {"assignment.ladder", "сдвинуты напоминания"},
    {"assignment.noticed", "отправлено уведомление"},
    {"assignment.part", "часть соисполнителя"},
    {"assignment.paused", "срок приостановлен"},
    {"assignment.reassigned", "передано другому исполнителю"},
    {"assignment.refused", "в продлении отказано"},
    {"assignment.reported", "подан отчёт"},
    {"assignment.resumed", "срок идёт дальше"},
    {"assignment.returned", "возвращено на доработку"},
    {"assignment.set", "дано поручение"},
    {"assignment.step", "срок приблизился или прошёл"},
    {"assignment.taken-back", "передача отозвана"},
    {"assignment.term", "срок изменён"},
    {"assignment.withdrawn", "снято с контроля"},
    {"assignments", "поручение"},
    {"backoff", "ждёт новой попытки"},
    {"bodies", "органы и должности"},
    {"bulk", "действие со многими"},
    {"calendar", "производственный календарь"},
    {"cancelled", "отменено"},
    {"child.closed", "вложенный процесс окончен"},
    {"child.started", "начат вложенный процесс"},
    {"completed", "завершён"},
    {"context.set", "данные изменены"},
    {"critical", "просрочено давно"},
    {"data.set", "данные изменены"},
    {"decisions", "ждут решения"},
    {"definition.deployed", "документ введён в действие"},
    {"definition.removed", "документ выведен из действия"},
    {"definitions", "определение"},
    {"delegated", "передано на исполнение"},
    {"done", "готово"},
    {"dropped", "не понадобилось"},
    {"due", "срок истекает"},
    {"escalated", "просрочка, вышестоящему"},
    {"event.received", "получено событие"},
    {"event.routed", "событие направлено"},
    {"failed", "не получилось"},
    {"faulted", "прерван ошибкой"},
    {"handed_back", "дела возвращены"},
    {"handed_over", "дела переданы замещающему"},
    {"holiday", "праздник"},
    {"import", "загрузка документов"},
    {"in-part", "частично"},
    {"incident", "инцидент"},
    {"incidents", "инцидент"},
    {"indicators", "показатели"},
    {"instance.cancelled", "процесс отменён"},
    {"instance.completed", "процесс завершён"},
    {"instance.faulted", "процесс прерван ошибкой"},
    {"instance.migrated", "процесс переведён на другую версию"},
    {"instance.resumed", "процесс возобновлён"},
    {"instance.started", "процесс начат"},
    {"instance.suspended", "процесс приостановлен"},
    {"instances", "процесс"},
    {"interrupted", "прервано остановкой программы"},
    {"items", "пункт плана"},
    {"letter.entry", "добавлено в письмо дня"},
    {"met", "в срок"},
    {"met-after-extension", "в срок после продления"},
    {"met-late", "с опозданием"},
    {"moved", "срок изменился"},
    {"notices", "уведомление"},
    {"open", "в работе"},
    {"opened", "поручение дано"},
    {"overdue", "просрочено"},
    {"part", "ответил соисполнитель"},
    {"paused", "приостановлено"},
    {"planned", "запланировано"},
    {"policy", "регламент"},
    {"reassigned", "исполнитель сменился"},
    {"refused", "в продлении отказано"},
    {"rehearse", "репетиция планов"},
    {"reminder", "напоминание"},
    {"reported", "отчёт ждёт решения"},
    {"resumed", "исполнение возобновлено"},
    {"returned", "возвращено на доработку"},
    {"roadmap", "дорожная карта"},
    {"routes", "правила событий"},
    {"running", "идёт"},
    {"sent", "отправлено"},
    {"short", "короткий день"},
    {"soon", "срок близко"},
    {"step.passed", "пройден шаг"},
    {"suspended", "приостановлен"},
    {"task.again", "шаг начат заново"},
    {"task.cancelled", "шаг отменён"},
    {"task.caught", "ошибка шага обработана"},
    {"task.child", "запущен процесс"},
    {"task.done", "шаг выполнен"},
    {"task.event", "получено событие"},
    {"task.failed", "попытка не удалась"},
    {"task.faulted", "шаг прерван ошибкой"},
    {"task.incident", "шаг требует внимания"},
    {"task.input", "изменены данные шага"},
    {"task.joined", "дальше без остальных"},
    {"task.opened", "шаг начат"},
    {"task.ready", "шаг ждёт исполнителя"},
    {"task.skipped", "шаг пропущен"},
    {"today", "срок сегодня"},
    {"transferred", "перенос выходного"},
    {"undecided", "отчёт ждёт решения"},
    {"waiting", "ждёт очереди"},
    {"waits", "ждёт письма дня"},
    {"weekend", "выходной"},
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
