package io.cleave.agents.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.loop.Loop;
import io.cleave.policies.control.LinkWatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendingTest {
  private static final double RATE = 1e5;
  private static final double BITS = 12_544; // 0.13 s at this rate
  private static final double RTT = 0.05;
  private static final double DEADLINE = 0.3; // leaves 0.25 s without a word, which 0.41 s explain

  private final Loop loop = new Loop("test");
  private final LinkWatch watch = new LinkWatch();
  private final Sending sending = new Sending(loop, watch);

  @BeforeEach
  void aRateIsKnown() throws Exception {
    on(() -> watch.up().sample(RATE, 1, loop.now()));
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void oneTransferThatIsGivenUpSaysNothing() throws Exception {
    giveUp();
    assertThat(watch.up().bitsPerSecond()).isEqualTo(RATE);
  }

  /** Each was given up too soon to say anything: the device did not wait past the deadline. */
  @Test
  void transfersThatAreGivenUpOneAfterTheOtherSayThatNothingCrosses() throws Exception {
    for (int i = 0; i < 4; i++) {
      giveUp();
    }
    assertThat(watch.up().bitsPerSecond()).isLessThan(RATE / 2);
  }

  @Test
  void aWordInBetweenEndsTheSilence() throws Exception {
    giveUp();
    on(
        () -> {
          sending.start(RATE, RTT, BITS);
          sending.heard();
          sending.end();
        });
    giveUp();
    assertThat(watch.up().bitsPerSecond()).isEqualTo(RATE);
  }

  private void giveUp() throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    on(
        () -> {
          sending.start(RATE, RTT, BITS);
          loop.after(
              DEADLINE,
              () -> {
                sending.end();
                over.complete(null);
              });
        });
    over.get(20, TimeUnit.SECONDS);
  }

  private void on(Runnable work) throws Exception {
    loop.ask(
            () -> {
              work.run();
              return true;
            })
        .get(20, TimeUnit.SECONDS);
  }
}
