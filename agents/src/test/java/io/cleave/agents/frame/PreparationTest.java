package io.cleave.agents.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.loop.Loop;
import io.cleave.policies.graph.LayerSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final Part ONE = Part.at("edge-1", LayerSet.of(1));
  private static final Part OTHER = Part.at("edge-1", LayerSet.of(2));

  private final List<Part> asked = new CopyOnWriteArrayList<>();
  private final Loop loop = new Loop("test");
  private final Preparation preparation =
      new Preparation(
          loop,
          part -> {
            asked.add(part);
            return CompletableFuture.completedFuture(null);
          },
          () -> {});

  @AfterEach
  void close() {
    loop.close();
  }

  /** A server that keeps no more than it may lets go of what is not run, and tells nobody. */
  @Test
  void whatNobodyWantedForAWhileIsAskedForAgain() throws Exception {
    want(ONE);
    want(ONE);
    assertThat(asked).as("still wanted").containsExactly(ONE);
    assertThat(ready(ONE)).isTrue();
    want(OTHER);
    assertThat(ready(ONE)).isFalse();
    want(ONE, OTHER);
    assertThat(ready(ONE, OTHER)).isTrue();
    assertThat(asked).containsExactly(ONE, OTHER, ONE);
  }

  private void want(Part... parts) throws Exception {
    loop.ask(
            () -> {
              preparation.want(List.of(parts));
              return true;
            })
        .get(20, TimeUnit.SECONDS);
  }

  /** After all that the loop has to do now. */
  private boolean ready(Part... parts) throws Exception {
    loop.ask(() -> true).get(20, TimeUnit.SECONDS);
    return loop.ask(() -> preparation.ready(List.of(parts))).get(20, TimeUnit.SECONDS);
  }
}
