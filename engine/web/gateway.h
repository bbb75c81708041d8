/* gateway.h - what handlers, files and jobs may know of the gateway they belong to */
#ifndef WEB_GATEWAY_H
#define WEB_GATEWAY_H

struct exchange;
struct web;

struct web *web_of(const struct exchange *x);
const char *web_folder(const struct web *web); /* the data folder of the engine */
const char *web_token(const struct web *web);  /* of the store: engine/storetoken.h */

#endif
