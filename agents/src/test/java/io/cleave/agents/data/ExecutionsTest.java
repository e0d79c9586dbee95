package io.cleave.agents.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.plan.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExecutionsTest {
  private static final long SECOND = 1_000_000_000L;

  private long nowNanos;
  private final DataCounts counts = new DataCounts();

  private Executions executions(long keptBytes) {
    Workbench quick =
        new Workbench(
            task ->
                CompletableFuture.completedFuture(
                    new SliceAnswer(List.of(Site.floats("y", 250)), 0, 0)),
            slices -> CompletableFuture.completedFuture(null));
    DataLimits standard = DataLimits.standard();
    DataLimits limits =
        new DataLimits(
            standard.tensors(),
            standard.bytesUnderWay(),
            10,
            standard.silence(),
            standard.longestCall(),
            Duration.ofSeconds(5),
            keptBytes);
    return new Executions(quick, counts, limits, () -> nowNanos);
  }

  private static SliceTask task(long frame) {
    return new SliceTask(
        new FrameKey("camera-1", 1, frame, 1),
        Site.SLICE,
        List.of(),
        Packing.of(Codec.FP32),
        Optional.empty());
  }

  @Test
  void keepsAnswersForFiveSeconds() {
    Executions executions = executions(1 << 20);
    executions.leave(executions.begin(task(1)));
    nowNanos = 5 * SECOND - 1;
    executions.forget();
    assertThat(executions.join(task(1).key(), Site.SLICE)).isPresent();
    nowNanos = 5 * SECOND;
    executions.forget();
    assertThat(executions.join(task(1).key(), Site.SLICE)).isEmpty();
  }

  @Test
  void keepsNoMoreBytesThanAllowedTheNewestFirst() {
    Executions executions = executions(2500); // of 1000 each
    for (int frame = 1; frame <= 5; frame++) {
      executions.leave(executions.begin(task(frame)));
    }
    assertThat(executions.size()).isEqualTo(2);
    assertThat(executions.join(task(3).key(), Site.SLICE)).isEmpty();
    assertThat(executions.join(task(4).key(), Site.SLICE)).isPresent();
    assertThat(counts.count(DataEvent.EXECUTED)).isEqualTo(5);
    assertThat(counts.count(DataEvent.STOPPED)).isZero();
  }
}
