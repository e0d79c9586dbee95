package io.cleave.agents.link;

import io.cleave.agents.data.DataClient;
import io.cleave.agents.data.FrameKey;
import io.cleave.agents.data.Packing;
import io.cleave.agents.data.RunOrder;
import io.cleave.agents.data.SliceReference;
import io.cleave.agents.loop.Loop;
import io.cleave.agents.settings.HostPort;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What all links of a device have in common.
 *
 * @param loop that owns them
 * @param device name of the agent
 * @param epoch of its session, by which servers tell frames of before a restart apart
 * @param modelSha256 the network's
 * @param connector makes the client for an address
 * @param onNew told the name of a server that came anew, or came back
 * @param onDoubt told the name of a server that would not do what it was thought to be ready for
 */
public record LinkTerms(
    Loop loop,
    String device,
    long epoch,
    String modelSha256,
    Function<HostPort, DataClient> connector,
    Consumer<String> onNew,
    Consumer<String> onDoubt) {
  private static final double NANOS = 1e9;

  /** A stage as a call to a server. */
  RunOrder order(Links.Stage stage) {
    double left = stage.deadlineSeconds() - loop.now();
    FrameKey key = new FrameKey(device, epoch, stage.frame(), stage.number());
    Links.Work work = stage.work();
    return new RunOrder(
        work.handOver().map(key::with).orElse(key),
        new SliceReference(modelSha256, work.steps(), work.rounds()),
        work.inputs(),
        Packing.of(stage.codec()),
        left < Double.POSITIVE_INFINITY
            ? Optional.of(Duration.ofNanos((long) (Math.max(0, left) * NANOS)))
            : Optional.empty());
  }
}
