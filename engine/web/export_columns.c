/* export_columns.c - which columns each list has as a file
 *
 * Owns:    fields, titles in both languages, kinds and widths; the names of sheets and files.
 * Always:  every route with ROUTE_FORMATS has its table here, by its operation.
 * See:     docs/http.md §5
 */
#include "engine/web/export_part.h"

#include <string.h>

#define COLUMNS static const struct export_column

COLUMNS assignments[] = {
    {"task", "Поручение", "Assignment", COLUMN_TEXT, 12},
    {"plan_title|plan", "План", "Plan", COLUMN_TEXT, 24},
    {"no", "Пункт", "Item", COLUMN_TEXT, 7},
    {"title", "Содержание", "Title", COLUMN_TEXT, 48},
    {"responsible.name", "Исполнитель", "Responsible", COLUMN_TEXT, 28},
    {"parts.name|parts.body", "Соисполнители", "Co-executors", COLUMN_LINES, 20},
    {"decider_name|controller_name|controller", "Кто принимает", "Who decides", COLUMN_TEXT, 16},
    {"from", "Начало", "From", COLUMN_DAY, 12},
    {"to", "Срок", "Term", COLUMN_DAY, 12},
    {"first_to", "Первоначальный срок", "First term", COLUMN_DAY, 18},
    {"standing", "Состояние", "Standing", COLUMN_WORD, 18},
    {"reported", "Отчёт подан", "Reported", COLUMN_DAY, 12},
    {"closed", "Закрыто", "Closed", COLUMN_MOMENT, 17},
    {"outcome", "Исполнено", "Outcome", COLUMN_WORD, 15},
    {"outcome_original", "К первоначальному сроку", "Against the first term", COLUMN_WORD, 18},
    {"returns", "Возвратов", "Returns", COLUMN_NUMBER, 12},
    {.path = NULL},
};

COLUMNS instances[] = {
    {"instance", "Процесс", "Instance", COLUMN_NUMBER, 10},
    {"definition", "Определение", "Definition", COLUMN_TEXT, 24},
    {"version", "Версия", "Version", COLUMN_NUMBER, 8},
    {"title", "О чём", "Title", COLUMN_TEXT, 60},
    {"key", "Ключ", "Key", COLUMN_TEXT, 26},
    {"state", "Состояние", "State", COLUMN_WORD, 18},
    {"created", "Начат", "Created", COLUMN_MOMENT, 17},
    {"changed", "Изменён", "Changed", COLUMN_MOMENT, 17},
    {"parent", "Внутри процесса", "Parent", COLUMN_NUMBER, 12},
    {.path = NULL},
};

COLUMNS incidents[] = {
    {"task", "Шаг", "Task", COLUMN_TEXT, 11},
    {"instance", "Процесс", "Instance", COLUMN_NUMBER, 10},
    {"definition", "Определение", "Definition", COLUMN_TEXT, 24},
    {"title", "О чём", "Title", COLUMN_TEXT, 60},
    {"key", "Ключ", "Key", COLUMN_TEXT, 26},
    {"step_title|step", "Название шага", "Step", COLUMN_TEXT, 36},
    {"service", "Работник", "Service", COLUMN_TEXT, 18},
    {"since", "С", "Since", COLUMN_MOMENT, 17},
    {"tries", "Попыток", "Tries", COLUMN_NUMBER, 9},
    {"problem.title", "Что случилось", "Problem", COLUMN_TEXT, 50},
    {"problem.detail", "Подробно", "Detail", COLUMN_TEXT, 60},
    {.path = NULL},
};

COLUMNS records[] = {
    {"seq", "Запись", "Record", COLUMN_NUMBER, 10},
    {"time", "Когда", "Time", COLUMN_MOMENT, 17},
    {"kind", "Что", "What", COLUMN_WORD, 32},
    {"instance", "Процесс", "Instance", COLUMN_NUMBER, 10},
    {"task", "Шаг", "Task", COLUMN_TEXT, 11},
    {"step_title|step", "Название шага", "Step", COLUMN_TEXT, 36},
    {"by_name|by", "Кто", "By", COLUMN_TEXT, 24},
    {"to_name|to.name|to", "Кому или до какого дня", "To", COLUMN_DAY, 20},
    {"reason", "Основание", "Reason", COLUMN_TEXT, 40},
    {"problem.title", "Ошибка", "Problem", COLUMN_TEXT, 26},
    {"report.text", "Отчёт", "Report", COLUMN_TEXT, 40},
    {"definition|name", "Определение", "Definition", COLUMN_TEXT, 22},
    {.path = NULL},
};

COLUMNS notices[] = {
    {"time", "Когда", "Time", COLUMN_MOMENT, 17},
    {"to.name", "Кому", "To", COLUMN_TEXT, 40},
    {"notice", "Уведомление", "Notice", COLUMN_WORD, 20},
    {"days", "Дней от срока", "Days from the term", COLUMN_NUMBER, 12},
    {"task", "Поручение", "Assignment", COLUMN_TEXT, 12},
    {"assignment.no", "Пункт", "Item", COLUMN_TEXT, 8},
    {"assignment.title", "Содержание", "Title", COLUMN_TEXT, 60},
    {"assignment.to", "Срок", "Term", COLUMN_DAY, 12},
    {"state", "Что с письмом", "State", COLUMN_WORD, 18},
    {"at", "Отправлено", "Left", COLUMN_MOMENT, 17},
    {"letter", "Письмо", "Letter", COLUMN_NUMBER, 10},
    {.path = NULL},
};

COLUMNS workers[] = {
    {"name", "Имя", "Name", COLUMN_TEXT, 26},
    {"services", "Работы", "Services", COLUMN_TEXT, 40},
    {"credit", "Может принять", "Credit", COLUMN_NUMBER, 12},
    {"running", "Занят", "Running", COLUMN_NUMBER, 9},
    {"seen_ms_ago", "Отозвался, мс назад", "Seen, ms ago", COLUMN_NUMBER, 14},
    {"since_ms_ago", "На связи, мс", "Connected, ms", COLUMN_NUMBER, 14},
    {.path = NULL},
};

COLUMNS definitions[] = {
    {"number", "Номер", "Number", COLUMN_NUMBER, 8},
    {"kind", "Вид", "Kind", COLUMN_WORD, 16},
    {"name", "Имя", "Name", COLUMN_TEXT, 28},
    {"version", "Версия", "Version", COLUMN_NUMBER, 8},
    {"title", "Название", "Title", COLUMN_TEXT, 60},
    {"doc_version", "Версия документа", "Version of the document", COLUMN_TEXT, 12},
    {"newest", "Новейшая", "Newest", COLUMN_TEXT, 10},
    {"removed", "Не действует", "Removed", COLUMN_TEXT, 10},
    {"used", "Открытых процессов", "Open instances", COLUMN_NUMBER, 12},
    {.path = NULL},
};

COLUMNS bodies[] = {
    {"id", "Код", "Id", COLUMN_TEXT, 24},
    {"short", "Кратко", "Short", COLUMN_TEXT, 24},
    {"name", "Название", "Name", COLUMN_TEXT, 60},
    {"parent", "Подчинён", "Parent", COLUMN_TEXT, 24},
    {"deputy", "Заместитель", "Deputy", COLUMN_TEXT, 24},
    {"zone", "Часовой пояс", "Zone", COLUMN_TEXT, 18},
    {"counts.open", "Открытых", "Open", COLUMN_NUMBER, 11},
    {"counts.overdue", "Просрочено", "Overdue", COLUMN_NUMBER, 13},
    {"counts.decide", "Ждут решения", "To decide", COLUMN_NUMBER, 13},
    {"counts.closed", "Закрыто", "Closed", COLUMN_NUMBER, 10},
    {"absent.from+to+deputy", "Отсутствует, замещает", "Absent, deputy", COLUMN_TEXT, 36},
    {"document", "Документ", "Document", COLUMN_TEXT, 20},
    {.path = NULL},
};

COLUMNS discipline[] = {
    {"name", "Чьи", "Of", COLUMN_TEXT, 50},
    {"total", "Всего", "Total", COLUMN_NUMBER, 9},
    {"met", "В срок", "Met", COLUMN_NUMBER, 9},
    {"met_after_extension", "После продления", "After extension", COLUMN_NUMBER, 12},
    {"met_late", "С опозданием", "Late", COLUMN_NUMBER, 14},
    {"in_part", "Частично", "In part", COLUMN_NUMBER, 11},
    {"open", "В работе", "Open", COLUMN_NUMBER, 10},
    {"open_overdue", "Просрочено", "Open, overdue", COLUMN_NUMBER, 13},
    {"withdrawn", "Снято", "Withdrawn", COLUMN_NUMBER, 10},
    {"original_met", "В первоначальный срок", "Within the first term", COLUMN_NUMBER, 14},
    {"original_late", "Позже первоначального срока", "After the first term", COLUMN_NUMBER, 14},
    {"share_on_time", "В срок, %", "On time, %", COLUMN_NUMBER, 10},
    {"share_on_time_original", "К первоначальному сроку, %", "Against the first term, %",
     COLUMN_NUMBER, 18},
    {.path = NULL},
};

COLUMNS people[] = {
    {"instance", "Процесс", "Instance", COLUMN_NUMBER, 10},
    {"key", "Ключ", "Key", COLUMN_TEXT, 18},
    {"name", "Кто", "Name", COLUMN_TEXT, 36},
    {"municipality", "Муниципалитет", "Municipality", COLUMN_TEXT, 28},
    {"school", "Организация", "School", COLUMN_TEXT, 40},
    {"stage", "Этап", "Stage", COLUMN_TEXT, 24},
    {"state", "Состояние", "State", COLUMN_WORD, 16},
    {"since", "С", "Since", COLUMN_MOMENT, 17},
    {"days", "Дней", "Days", COLUMN_NUMBER, 8},
    {"on.name", "За кем", "On", COLUMN_LINES, 36},
    {.path = NULL},
};

COLUMNS plans[] = {
    {"name", "Имя", "Name", COLUMN_TEXT, 20},
    {"title", "Название", "Title", COLUMN_TEXT, 60},
    {"period.from", "Начало", "From", COLUMN_DAY, 12},
    {"period.to", "Окончание", "To", COLUMN_DAY, 12},
    {"controller.name", "Контролёр", "Controller", COLUMN_TEXT, 36},
    {"state", "Состояние", "State", COLUMN_WORD, 16},
    {"items", "Пунктов", "Items", COLUMN_NUMBER, 9},
    {"counts.all", "Поручений", "Assignments", COLUMN_NUMBER, 11},
    {"counts.closed", "Закрыто", "Closed", COLUMN_NUMBER, 10},
    {"counts.overdue", "Просрочено", "Overdue", COLUMN_NUMBER, 13},
    {"counts.decide", "Ждут решения", "To decide", COLUMN_NUMBER, 13},
    {.path = NULL},
};

COLUMNS items[] = {
    {"no", "№", "No", COLUMN_TEXT, 7},
    {"section", "Раздел", "Section", COLUMN_TEXT, 8},
    {"title", "Мероприятие", "Activity", COLUMN_TEXT, 48},
    {"bullets", "Состав мероприятия", "Parts of it", COLUMN_LINES, 34},
    {"responsible.name", "Ответственные исполнители", "Responsible", COLUMN_LINES, 32},
    {"phrase", "Срок по плану", "Term of the plan", COLUMN_TEXT, 22},
    {"result", "Результат", "Result", COLUMN_TEXT, 28},
    {"windows.from+to+standing", "Сроки и состояние", "Terms and states", COLUMN_WORD, 38},
    {"progress.done", "Закрыто сроков", "Terms closed", COLUMN_NUMBER, 10},
    {"progress.of", "Всего сроков", "Terms", COLUMN_NUMBER, 9},
    {"computed.value", "Посчитано", "Counted", COLUMN_NUMBER, 12},
    {"computed.target.value", "Нужно", "Target", COLUMN_NUMBER, 9},
    {"audience", "Для кого", "Audience", COLUMN_TEXT, 16},
    {"note", "Примечание", "Note", COLUMN_TEXT, 20},
    {.path = NULL},
};

/* Assignments or instances, as the item counts. */
COLUMNS counted[] = {
    {"instance", "Процесс", "Instance", COLUMN_NUMBER, 10},
    {"task", "Поручение", "Assignment", COLUMN_TEXT, 12},
    {"key", "Ключ", "Key", COLUMN_TEXT, 26},
    {"title", "О чём", "Title", COLUMN_TEXT, 60},
    {"responsible.name", "Исполнитель", "Responsible", COLUMN_TEXT, 36},
    {"to", "Срок", "Term", COLUMN_DAY, 12},
    {"standing|state", "Состояние", "State", COLUMN_WORD, 18},
    {.path = NULL},
};

COLUMNS jobs[] = {
    {"id", "Номер", "Number", COLUMN_NUMBER, 8},
    {"kind", "Работа", "Work", COLUMN_WORD, 22},
    {"state", "Состояние", "State", COLUMN_WORD, 16},
    {"done", "Сделано", "Done", COLUMN_NUMBER, 10},
    {"of", "Из", "Of", COLUMN_NUMBER, 10},
    {"refused_count", "Отказов", "Refused", COLUMN_NUMBER, 10},
    {"by", "Кто", "By", COLUMN_TEXT, 24},
    {"began", "Начата", "Began", COLUMN_MOMENT, 17},
    {"ended", "Окончена", "Ended", COLUMN_MOMENT, 17},
    {"problem", "Что случилось", "Problem", COLUMN_TEXT, 50},
    {.path = NULL},
};

COLUMNS cycles[] = {
    {"definition", "Определение", "Definition", COLUMN_TEXT, 28},
    {"title", "Название", "Title", COLUMN_TEXT, 60},
    {.path = NULL},
};

COLUMNS groups[] = {
    {"municipality", "Муниципалитет", "Municipality", COLUMN_TEXT, 28},
    {"school", "Организация", "School", COLUMN_TEXT, 36},
    {"counts", NULL, NULL, COLUMN_EACH, 16},
    {"between", "Между этапами", "Between stages", COLUMN_NUMBER, 12},
    {"ended", "Закончили", "Ended", COLUMN_NUMBER, 12},
    {.path = NULL},
};

/* Assignments and, last, incidents: what each field is for both is said by api_overview.c. */
COLUMNS today[] = {
    {"group", "Почему здесь", "Why it is here", COLUMN_WORD, 16},
    {"task", "Поручение", "Assignment", COLUMN_TEXT, 12},
    {"plan|definition", "План или процесс", "Plan or process", COLUMN_TEXT, 16},
    {"no", "Пункт", "Item", COLUMN_TEXT, 7},
    {"title|problem.title", "Содержание", "Title", COLUMN_TEXT, 60},
    {"responsible.name|service", "Исполнитель", "Responsible", COLUMN_TEXT, 34},
    {"decider_name|controller_name|controller", "Кто принимает", "Who decides", COLUMN_TEXT, 18},
    {"to", "Срок", "Term", COLUMN_DAY, 12},
    {"standing", "Состояние", "Standing", COLUMN_WORD, 18},
    {"reported", "Отчёт подан", "Reported", COLUMN_DAY, 12},
    {.path = NULL},
};

/* A row for each term, and one for each day that has none. */
COLUMNS month[] = {
    {"date", "День", "Day", COLUMN_DAY, 12},
    {"off", "Выходной", "Day off", COLUMN_TEXT, 11},
    {"kind", "Какой день", "Kind of day", COLUMN_WORD, 18},
    {"plan_title|plan", "План", "Plan", COLUMN_TEXT, 24},
    {"no", "Пункт", "Item", COLUMN_TEXT, 7},
    {"title", "Содержание", "Title", COLUMN_TEXT, 60},
    {"responsible.name", "Исполнитель", "Responsible", COLUMN_TEXT, 34},
    {"standing", "Состояние", "Standing", COLUMN_WORD, 18},
    {"task", "Поручение", "Assignment", COLUMN_TEXT, 12},
    {.path = NULL},
};

/* Of what kind it is, and then the fields of its kind. */
COLUMNS found[] = {
    {"what", "Что", "What", COLUMN_WORD, 16},
    {"no|assignment.no", "Пункт", "Item", COLUMN_TEXT, 8},
    {"problem.title|title|assignment.title|name|school|municipality|key", "Название", "Name",
     COLUMN_TEXT, 70},
    {"standing|state", "Состояние", "State", COLUMN_WORD, 18},
    {"assignment.to|to", "Срок", "Term", COLUMN_DAY, 12},
    {"plan_title|plan|to.name|municipality|definition|kind", "Где или кому", "Where or to whom",
     COLUMN_WORD, 50},
    {"task|instance|number|id", "Номер или код", "Number", COLUMN_TEXT, 16},
    {.path = NULL},
};

static const struct export_table tables[] = {
    {"listAssignments", "Поручения", "Assignments", assignments, NULL, NULL, NULL},
    {"listDisciplineItems", "Поручения", "Assignments", assignments, NULL, NULL, NULL},
    {"listInstances", "Процессы", "Instances", instances, NULL, NULL, NULL},
    {"listComputed", "Процессы", "Instances", instances, NULL, NULL, NULL},
    {"listIncidents", "Инциденты", "Incidents", incidents, NULL, NULL, NULL},
    {"listJournal", "Журнал", "Journal", records, NULL, NULL, NULL},
    {"listHistory", "История процесса", "History", records, NULL, NULL, NULL},
    {"listAssignmentHistory", "История поручения", "History", records, NULL, NULL, NULL},
    {"listNotices", "Уведомления", "Notices", notices, NULL, NULL, NULL},
    {"listWorkers", "Работники системы", "Workers", workers, NULL, NULL, NULL},
    {"listDefinitions", "Определения", "Definitions", definitions, NULL, NULL, NULL},
    {"listBodies", "Органы", "Bodies", bodies, NULL, NULL, NULL},
    {"showDiscipline", "Дисциплина", "Discipline", discipline, "all", NULL, NULL},
    {"listCyclePeople", "Участники цикла", "People of a cycle", people, NULL, NULL, NULL},
    {"listRoadmaps", "Планы", "Plans", plans, NULL, NULL, NULL},
    {"showRoadmap", "План", "Plan", items, NULL, "items", NULL},
    {"showCounted", "Посчитано", "Counted", counted, NULL, NULL, NULL},
    {"listJobs", "Долгая работа", "Long work", jobs, NULL, NULL, NULL},
    {"listCycles", "Циклы", "Cycles", cycles, NULL, NULL, NULL},
    {"showCycle", "Цикл", "Cycle", groups, NULL, "groups", "stages"},
    {"showToday", "Сегодня", "Today", today, NULL, NULL, NULL},
    {"showMonth", "Календарь", "Calendar", month, NULL, NULL, NULL},
    {"search", "Найденное", "Found", found, NULL, NULL, NULL},
};

const struct export_table *export_table_find(const char *operation)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (strcmp(tables[i].operation, operation) == 0) {
            return &tables[i];
        }
    }
    return NULL;
}
