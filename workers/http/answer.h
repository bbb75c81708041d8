/* answer.h - what an answer means for the task */
#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H

#include "workers/http/request.h"
#include "workers/http/response.h"

/* Append the output of the task, JSON text, as request->output says. False: the status is an error
 * (outside 200..299, with redirect outside 200..399), the content is not what its type says, or the
 * output would be larger than a task may return. */
bool answer_of(const struct request *request, const struct response *response,
               struct buffer *ret_output, struct problem *problem);

#endif
