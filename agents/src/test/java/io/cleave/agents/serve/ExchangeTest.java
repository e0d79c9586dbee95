package io.cleave.agents.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.agents.data.FrameKey;
import io.cleave.agents.data.HandOver;
import io.cleave.agents.data.Packing;
import io.cleave.agents.data.Refused;
import io.cleave.agents.data.SliceAnswer;
import io.cleave.agents.data.SliceReference;
import io.cleave.agents.data.SliceTask;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever comes first waits for the other, and what nobody wants is refused. */
class ExchangeTest {
  private static final HandOver FROM_ONE = new HandOver(0, 1, 0);
  private static final HandOver TO_DEVICE = new HandOver(0, 0, 2);
  private static final TensorValue PART =
      new TensorValue("relu/2:4-4", ElementKind.FLOAT32, List.of(1L, 1L), ByteBuffer.allocate(4));

  private final Exchange exchange = new Exchange();

  private CompletableFuture<SliceAnswer> call(HandOver handOver, List<TensorValue> inputs) {
    return exchange.called(
        handOver,
        new SliceTask(
            new FrameKey("cam-1", 1, 1, 256).with(handOver),
            new SliceReference("ab".repeat(32), LayerSet.of(3)),
            inputs,
            Packing.of(Codec.FP32),
            Optional.empty()));
  }

  @Test
  void whatComesBeforeThePieceIsHeldUntilItIsTaken() {
    CompletableFuture<SliceAnswer> call = call(FROM_ONE, List.of(PART));
    exchange.begin(Set.of(FROM_ONE), () -> {});
    assertThat(call).isNotDone();
    assertThat(exchange.has(FROM_ONE, tensor -> true)).isTrue();
    assertThat(exchange.take(FROM_ONE)).isEqualTo(PART);
    assertThat(call.join().outputs()).isEmpty();
  }

  @Test
  void whatIsNoPartOfThePieceIsRefused() {
    CompletableFuture<SliceAnswer> early = call(new HandOver(3, 1, 0), List.of(PART));
    exchange.begin(Set.of(FROM_ONE), () -> {});
    assertThatThrownBy(early::join).hasCauseInstanceOf(Refused.class);
    assertThatThrownBy(() -> call(TO_DEVICE, List.of()).join())
        .hasCauseInstanceOf(Refused.class)
        .hasMessageContaining("Nothing like this");
  }

  @Test
  void whatDoesNotFitIsRefusedAndWaitedForAnew() {
    exchange.begin(Set.of(FROM_ONE), () -> {});
    CompletableFuture<SliceAnswer> bad = call(FROM_ONE, List.of(PART));
    assertThat(exchange.has(FROM_ONE, tensor -> false)).isFalse();
    assertThatThrownBy(bad::join).hasCauseInstanceOf(Refused.class);
    CompletableFuture<SliceAnswer> good = call(FROM_ONE, List.of(PART));
    assertThatThrownBy(() -> call(FROM_ONE, List.of(PART)).join())
        .hasMessageContaining("came twice");
    assertThat(exchange.has(FROM_ONE, tensor -> true)).isTrue();
    assertThat(good).isNotDone();
  }

  @Test
  void whoAsksIsAnsweredBeforeAndAfterItIsMade() {
    HandOver later = new HandOver(1, 0, 2);
    exchange.begin(Set.of(TO_DEVICE, later), () -> {});
    CompletableFuture<SliceAnswer> early = call(TO_DEVICE, List.of());
    exchange.offer(TO_DEVICE, PART);
    assertThat(early.join().outputs()).containsExactly(PART);
    exchange.offer(later, PART);
    assertThat(call(later, List.of()).join().outputs()).containsExactly(PART);
  }

  @Test
  void aCallThatEndsTakesBackWhatItBrought() {
    CompletableFuture<SliceAnswer> call = call(FROM_ONE, List.of(PART));
    assertThat(exchange.isEmpty()).isFalse();
    exchange.left(FROM_ONE, call);
    assertThat(exchange.isEmpty()).isTrue();
  }

  @Test
  void nobodyWaitsForAPieceThatIsNotToBe() {
    CompletableFuture<SliceAnswer> giver = call(FROM_ONE, List.of(PART));
    CompletableFuture<SliceAnswer> asker = call(TO_DEVICE, List.of());
    exchange.begin(Set.of(FROM_ONE, TO_DEVICE), () -> {});
    exchange.end();
    assertThat(giver.join().outputs()).isEmpty();
    assertThatThrownBy(asker::join).hasMessageContaining("came to nothing");
  }
}
