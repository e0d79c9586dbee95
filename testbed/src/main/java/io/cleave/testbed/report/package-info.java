/** Reports: what a run's CSV files say, as a table on the terminal and as one page of HTML. */
@NullMarked
package io.cleave.testbed.report;

import org.jspecify.annotations.NullMarked;
