package io.cleave.agents.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.agents.machine.Outcome.Cancelled;
import io.cleave.agents.machine.Outcome.Expired;
import io.cleave.agents.machine.Outcome.Failed;
import io.cleave.agents.machine.Outcome.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class MachineTest {
  private final Jobs jobs = new Jobs();

  @Test
  void runsTheOldestFramesJobsFirstAndOneFramesInOrder() {
    try (Machine machine = jobs.machine(Pace.NONE)) {
      List<Run> runs = new ArrayList<>();
      runs.add(machine.submit(Work.of(10, Jobs.layer(1))));
      jobs.awaitBegun();
      runs.add(machine.submit(Work.of(30, Jobs.layer(5))));
      runs.add(machine.submit(Work.of(20, Jobs.layer(3)))); // an older frame's next stage
      runs.add(machine.submit(Work.of(30, Jobs.layer(6))));
      runs.add(machine.submit(Work.of(20, Jobs.layer(4)))); // its hedge, behind it
      runs.add(machine.submit(Work.of(10, Jobs.layer(2))));
      jobs.release();
      runs.forEach(run -> assertThat(run.outcome().join()).isInstanceOf(Finished.class));
    }
    assertThat(jobs.ran()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void keepsTheOrderWhenTheClockWrapsAround() {
    try (Machine machine = jobs.machine(Pace.NONE)) {
      machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      Run younger = machine.submit(Work.of(Long.MIN_VALUE + 5, Jobs.layer(3)));
      machine.submit(Work.of(Long.MAX_VALUE - 5, Jobs.layer(2)));
      jobs.release();
      younger.outcome().join();
    }
    assertThat(jobs.ran()).containsExactly(1, 2, 3);
  }

  @Test
  void runsOneAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean crowded = new AtomicBoolean();
    Machine.Engine engine =
        (model, layers, inputs) -> {
          crowded.compareAndSet(false, inside.incrementAndGet() > 1);
          Thread.onSpinWait();
          inside.decrementAndGet();
          return List.of();
        };
    try (Machine machine = new Machine(Pace.NONE, engine, System::nanoTime)) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        runs.add(machine.submit(Work.of(i, Jobs.layer(2))));
      }
      runs.forEach(run -> run.outcome().join());
      assertThat(machine.tally().finished()).isEqualTo(200);
    }
    assertThat(crowded).isFalse();
  }

  @Test
  void tellsHowLongItWaitedAndTook() {
    try (Machine machine = jobs.machine(Pace.NONE)) {
      machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      Run run = machine.submit(Work.of(1, Jobs.layer(4)));
      jobs.release();
      // Waits for the 1 ms of layer 1, then takes 4 ms.
      assertThat(run.outcome().join())
          .isEqualTo(Jobs.finished(new Outcome.Times(1e-3, 4e-3, 4e-3), false));
    }
  }

  @Test
  void cancelsWaitingWorkWithoutRunningIt() {
    try (Machine machine = jobs.machine(Jobs.paced(1))) {
      Run first = machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      Run second = machine.submit(Work.of(1, Jobs.layer(6)));
      second.cancel();
      assertThat(second.outcome().join()).isInstanceOf(Cancelled.class);
      jobs.release();
      first.outcome().join();
      assertThat(machine.tally().cancelledWaiting()).isEqualTo(1);
      assertThat(machine.tally().savedSeconds()).isCloseTo(6e-3, within(1e-9));
    }
    assertThat(jobs.ran()).containsExactly(1);
  }

  @Test
  void dropsWhatARunningCallMakesOnceItIsCancelled() {
    try (Machine machine = jobs.machine(Jobs.paced(1))) {
      Run run = machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      run.cancel();
      assertThat(machine.idle()).as("free only when the call ends").isFalse();
      assertThat(run.outcome()).isNotDone();
      jobs.release();
      assertThat(run.outcome().join()).isEqualTo(new Cancelled(new Outcome.Times(0, 1e-3, 1e-3)));
      assertThat(machine.tally().cancelledRunning()).isEqualTo(1);
      assertThat(machine.tally().lostSeconds()).isEqualTo(1e-3);
    }
  }

  @Test
  void dropsWorkThatWaitedTooLong() {
    try (Machine machine = jobs.machine(Pace.NONE)) {
      machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      Run early = machine.submit(Work.of(1, Jobs.layer(2)).startingWithin(0.0));
      // Dropped while the machine is busy, not when its turn comes.
      assertThat(early.outcome().join()).isInstanceOf(Expired.class);
      Run late = machine.submit(Work.of(1, Jobs.layer(3)).startingWithin(1000));
      jobs.pass(1_001_000_000_000L); // by the machine's clock 1,001 s pass
      jobs.release();
      assertThat(late.outcome().join()).isEqualTo(new Expired(new Outcome.Times(1001.001, 0, 0)));
      assertThat(machine.tally().expired()).isEqualTo(2);
    }
    assertThat(jobs.ran()).containsExactly(1);
  }

  @Test
  void decidesWhenItBegins() {
    try (Machine machine = jobs.machine(Pace.NONE)) {
      machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      AtomicInteger choice = new AtomicInteger(2);
      Run run = machine.submit(Work.chosenAtStart(1, () -> Jobs.layer(choice.get())));
      choice.set(5);
      jobs.release();
      run.outcome().join();
    }
    assertThat(jobs.ran()).containsExactly(1, 5);
  }

  @Test
  void goesOnAfterAFailure() {
    try (Machine machine = jobs.machine(Pace.NONE)) {
      Run bad =
          machine.submit(
              Work.chosenAtStart(
                  0,
                  () -> {
                    throw new IllegalArgumentException("no such layer");
                  }));
      assertThat(bad.outcome().join())
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.cause()).hasMessage("no such layer"));
      assertThat(machine.submit(Work.of(1, Jobs.layer(2))).outcome().join())
          .isInstanceOf(Finished.class);
      assertThat(machine.tally().failed()).isEqualTo(1);
    }
  }

  @Test
  void cancelsEverythingWhenItIsClosed() {
    Machine machine = jobs.machine(Pace.NONE);
    Run first = machine.submit(Work.of(0, Jobs.layer(1)));
    jobs.awaitBegun();
    Run second = machine.submit(Work.of(1, Jobs.layer(2)));
    CompletableFuture<Void> released =
        second.outcome().thenRun(jobs::release); // the first call ends after the second is off
    machine.close();
    released.join(); // a moment after close returns: release comes before its own completion
    assertThat(first.outcome().join()).isInstanceOf(Cancelled.class);
    assertThat(second.outcome().join()).isInstanceOf(Cancelled.class);
    assertThat(machine.submit(Work.of(2, Jobs.layer(3))).outcome().join())
        .isInstanceOf(Cancelled.class);
    assertThat(jobs.ran()).containsExactly(1);
  }
}
