package io.cleave.agents.data;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Following a future where what follows cannot fail. */
final class Futures {
  private Futures() {}

  static <T> void whenDone(CompletionStage<T> stage, BiConsumer<T, Throwable> then) {
    stage.whenComplete(then);
  }

  static <T> void whenDone(
      CompletionStage<T> stage, Executor executor, BiConsumer<T, Throwable> then) {
    stage.whenCompleteAsync(then, executor);
  }
}
