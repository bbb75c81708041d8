/* fault.h - make the n-th call into LMDB fail
 *
 * Link with the library store_fault: the linker then leads the store's calls of LMDB through here
 * (see CMakeLists.txt), and the product knows nothing of it.
 *
 *     for (int n = 1; ; n++) {
 *         fault_arm(n, EIO);
 *         ... do the work; what fails must be refused cleanly ...
 *         if (!fault_disarm()) {
 *             break;        // the work has fewer calls than that: all of them were tried
 *         }
 *         ... look whether what is left is whole ...
 *     }
 */
#ifndef TESTS_STORE_FAULT_H
#define TESTS_STORE_FAULT_H

#include <stdbool.h>

/* The n-th call from now, counted from 1, returns code and does nothing. A commit that fails has
 * ended its transaction, as LMDB's does. */
void fault_arm(int n, int code);

/* No more faults; did the fault happen? */
bool fault_disarm(void);

#endif
