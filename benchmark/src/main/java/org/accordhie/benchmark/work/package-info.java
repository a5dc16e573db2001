/** What is asked of the servers: loading, the workloads, and the threads that run them. */
@NullMarked
package org.accordhie.benchmark.work;

import org.jspecify.annotations.NullMarked;
