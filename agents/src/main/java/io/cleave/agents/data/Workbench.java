package io.cleave.agents.data;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the data plane asks of the agent behind it. Both functions return at once; the futures
 * complete on any thread. A future that fails with {@link Refused} tells the device why; any other
 * failure is told as such. When nobody waits any more the data plane cancels the future, and
 * whoever made it must stop the work, waiting or running.
 *
 * @param run runs a slice
 * @param prepare makes slices ready: loads, cuts and warms up
 */
public record Workbench(
    Function<SliceTask, CompletableFuture<SliceAnswer>> run,
    Function<List<SliceReference>, CompletableFuture<Void>> prepare) {}
