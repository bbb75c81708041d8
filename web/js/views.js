/* views.js - the list of views: name in the address, name in the menu, and the file that draws it
 *
 * A view is loaded when it is first opened. Its default export is a component: ({parts, query}), parts
 * being what follows its name in the address.
 */
export const views = [
    { name: 'today', menu: true, load: () => import('./views/today.js') },
    { name: 'roadmaps', menu: true, load: () => import('./views/roadmaps.js') },
    { name: 'my', menu: true, load: () => import('./views/my.js') },
    { name: 'assignments', menu: true, load: () => import('./views/assignments.js') },
    { name: 'calendar', menu: true, load: () => import('./views/calendar.js') },
    { name: 'teachers', menu: true, load: () => import('./views/teachers.js') },
    { name: 'discipline', menu: true, load: () => import('./views/discipline.js') },
    { name: 'processes', menu: true, load: () => import('./views/processes.js') },
    { name: 'notices', menu: true, load: () => import('./views/notices.js') },
    { name: 'incidents', menu: true, load: () => import('./views/incidents.js') },
    { name: 'workers', menu: true, load: () => import('./views/workers.js') },
    { name: 'definitions', menu: true, load: () => import('./views/definitions.js') },
    { name: 'work', menu: true, load: () => import('./views/work.js') },
    { name: 'search', menu: false, load: () => import('./views/search.js') },
    { name: 'assignment', menu: false, load: () => import('./views/assignment.js') },
];
