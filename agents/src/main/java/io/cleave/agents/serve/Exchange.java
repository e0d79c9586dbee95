package io.cleave.agents.serve;

import io.cleave.agents.data.HandOver;
import io.cleave.agents.data.Refusal;
import io.cleave.agents.data.Refused;
import io.cleave.agents.data.SliceAnswer;
import io.cleave.agents.data.SliceTask;
import io.cleave.transport.tensor.TensorValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * What is handed over for one piece and by it: each waits here for the other side, whichever comes
 * first. Calls that hand something over stay open until it is taken, and so does the memory that
 * the data plane counts for them; one that ends before takes back what it brought. Owned by one
 * thread.
 */
final class Exchange {
  private final Map<HandOver, Given> given = new HashMap<>(); // by others, for this piece
  private final Map<HandOver, CompletableFuture<SliceAnswer>> asked = new HashMap<>(); // of it
  private final Map<HandOver, TensorValue> made = new HashMap<>(); // by it, not asked for yet
  private Optional<Set<HandOver>> wanted =
      Optional.empty(); // all there are, once the piece is known
  private Runnable onGiven = () -> {};

  /** A tensor, and the call that brought it. */
  private record Given(List<TensorValue> tensors, CompletableFuture<SliceAnswer> call) {}

  /** Something is handed over for the piece, or asked of it. */
  CompletableFuture<SliceAnswer> called(HandOver handOver, SliceTask task) {
    CompletableFuture<SliceAnswer> call = new CompletableFuture<>();
    if (wanted.filter(all -> !all.contains(handOver)).isPresent()) {
      refuse(call);
    } else if (task.inputs().isEmpty()) {
      ask(handOver, call);
    } else if (given.containsKey(handOver)) {
      call.completeExceptionally(
          new Refused(Refusal.MALFORMED, "%s came twice.".formatted(handOver)));
    } else {
      given.put(handOver, new Given(task.inputs(), call));
      onGiven.run();
    }
    return call;
  }

  private void ask(HandOver handOver, CompletableFuture<SliceAnswer> call) {
    TensorValue part = made.remove(handOver);
    if (part != null) {
      call.complete(new SliceAnswer(List.of(part), 0, 0));
    } else if (asked.putIfAbsent(handOver, call) != null) {
      call.completeExceptionally(
          new Refused(Refusal.MALFORMED, "%s was asked for twice.".formatted(handOver)));
    }
  }

  private static void refuse(CompletableFuture<SliceAnswer> call) {
    call.completeExceptionally(
        new Refused(
            Refusal.UNFIT, "Nothing like this is handed over for that piece. Look at its rounds."));
  }

  /** A call ended before what it is about was there or taken. */
  void left(HandOver handOver, CompletableFuture<SliceAnswer> call) {
    given.computeIfPresent(handOver, (key, held) -> held.call() == call ? null : held);
    asked.remove(handOver, call);
  }

  /**
   * The piece is known, and is begun: whatever else was brought or asked for is refused.
   *
   * @param all that there can be
   * @param then called when something more was given
   */
  void begin(Set<HandOver> all, Runnable then) {
    wanted = Optional.of(Set.copyOf(all));
    onGiven = then;
    given.entrySet().removeIf(each -> refused(each.getKey(), each.getValue().call()));
    asked.entrySet().removeIf(each -> refused(each.getKey(), each.getValue()));
  }

  private boolean refused(HandOver handOver, CompletableFuture<SliceAnswer> call) {
    boolean unknown = wanted.filter(all -> all.contains(handOver)).isEmpty();
    if (unknown) {
      refuse(call);
    }
    return unknown;
  }

  /** What the piece made for somebody who asks for it. */
  void offer(HandOver handOver, TensorValue part) {
    CompletableFuture<SliceAnswer> call = asked.remove(handOver);
    if (call == null) {
      made.put(handOver, part);
    } else {
      call.complete(new SliceAnswer(List.of(part), 0, 0));
    }
  }

  /** True if it was brought; one that does not fit is refused, and waited for anew. */
  boolean has(HandOver handOver, Predicate<TensorValue> fits) {
    Given held = given.get(handOver);
    if (held != null && (held.tensors().size() != 1 || !fits.test(held.tensors().get(0)))) {
      given.remove(handOver);
      refuse(held.call());
      return false;
    }
    return held != null;
  }

  /** What was brought; whoever brought it hears that it is of use. */
  TensorValue take(HandOver handOver) {
    Given held = Optional.ofNullable(given.remove(handOver)).orElseThrow();
    held.call().complete(new SliceAnswer(List.of(), 0, 0));
    return held.tensors().get(0);
  }

  /** True if nothing waits here. */
  boolean isEmpty() {
    return wanted.isEmpty() && given.isEmpty() && asked.isEmpty();
  }

  /** The piece is made, or never will be. */
  void end() {
    given.values().forEach(held -> held.call().complete(new SliceAnswer(List.of(), 0, 0)));
    Refused over = new Refused(Refusal.FAILED, "The piece came to nothing.");
    asked.values().forEach(call -> call.completeExceptionally(over));
    given.clear();
    asked.clear();
    made.clear();
  }
}
