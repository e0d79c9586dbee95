package io.cleave.agents.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.agents.machine.Outcome.Cancelled;
import io.cleave.agents.machine.Outcome.Finished;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class MachinePaceTest {
  private final Jobs jobs = new Jobs();

  @Test
  void endsAHoldAtOnceWhenCancelled() {
    // The clock stands still behind the engine's 2 ms, so that the hold of 2,000 s never ends.
    try (Machine machine = jobs.machine(Jobs.paced(1e6))) {
      CountDownLatch holding = new CountDownLatch(1);
      Run run =
          machine.submit(
              Work.chosenAtStart(
                  0,
                  () -> {
                    holding.countDown();
                    return Jobs.layer(2);
                  }));
      Jobs.await(holding);
      run.cancel();
      assertThat(run.outcome().join()).isEqualTo(new Cancelled(new Outcome.Times(0, 2e-3, 2e-3)));
      // 2,000 s were expected, 2 ms were spent.
      assertThat(machine.tally().savedSeconds()).isCloseTo(1999.998, within(1e-9));
    }
  }

  @Test
  void holdsUntilTheEmulatedMachineWouldBeThrough() {
    Machine.Engine quick = (model, layers, inputs) -> List.of();
    try (Machine machine = new Machine(Jobs.paced(1), quick, System::nanoTime)) {
      Outcome outcome = machine.submit(Work.of(machine.nanos(), Jobs.layer(20))).outcome().join();
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Finished.class,
              run -> {
                assertThat(run.times().computeSeconds()).isGreaterThanOrEqualTo(20e-3);
                assertThat(run.times().engineSeconds()).isLessThan(run.times().computeSeconds());
                assertThat(run.overrun()).isFalse();
              });
    }
  }

  @Test
  void countsWhatTookLongerThanOnTheEmulatedMachine() {
    try (Machine machine = jobs.machine(Jobs.paced(0.5))) {
      // Takes 4 ms where 2 ms were due.
      Outcome outcome = machine.submit(Work.of(0, Jobs.layer(4))).outcome().join();
      assertThat(outcome).isEqualTo(Jobs.finished(new Outcome.Times(0, 4e-3, 4e-3), true));
      assertThat(machine.tally().overruns()).isEqualTo(1);
      assertThat(machine.tally().busySeconds()).isEqualTo(4e-3);
    }
  }

  @Test
  void holdsNothingIfOnlyTheInputIsRun() {
    try (Machine machine = new Machine(Jobs.paced(1e6), (m, l, i) -> List.of(), jobs::nanos)) {
      assertThat(machine.submit(Work.of(0, Jobs.layer(0))).outcome().join())
          .isEqualTo(Jobs.finished(new Outcome.Times(0, 0, 0), false));
    }
  }

  @Test
  void predictsTheWaitFromThePaceOfWhatIsDecided() {
    try (Machine machine = jobs.machine(Jobs.paced(1))) {
      assertThat(machine.queueSeconds()).isZero();
      machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      machine.submit(Work.of(1, Jobs.layer(6)));
      machine.submit(Work.of(2, Jobs.layer(7)));
      machine.submit(Work.chosenAtStart(3, () -> Jobs.layer(8))); // could still go elsewhere
      assertThat(machine.queueSeconds()).isCloseTo(14e-3, within(1e-9));
      jobs.pass(400_000); // 0.4 ms of the running layer's 1 ms are over
      assertThat(machine.queueSeconds()).isCloseTo(13.6e-3, within(1e-9));
      jobs.pass(5_000_000); // it is late, but cannot take less than nothing
      assertThat(machine.queueSeconds()).isCloseTo(13e-3, within(1e-9));
      jobs.release();
    }
  }

  @Test
  void predictsTheWaitFromWhatRunsTookWithoutAPace() {
    try (Machine machine = jobs.machine(Pace.NONE)) {
      machine.submit(Work.of(0, Jobs.layer(6))).outcome().join();
      machine.submit(Work.of(0, Jobs.layer(1)));
      jobs.awaitBegun();
      machine.submit(Work.of(1, Jobs.layer(6)));
      machine.submit(Work.of(1, Jobs.layer(7))); // never seen
      assertThat(machine.queueSeconds()).isCloseTo(6e-3, within(1e-9));
      jobs.release();
    }
  }
}
