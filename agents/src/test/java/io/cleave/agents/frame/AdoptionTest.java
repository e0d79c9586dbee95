package io.cleave.agents.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.loop.Loop;
import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdoptionTest {
  private static final DnnGraph GRAPH = Zoo.SMALL_CHAIN.graph();
  private static final double RATE = 1e6;

  /** Parts that are asked for, each to be answered by the test. */
  private record Asked(Part part, CompletableFuture<Void> answer) {}

  private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final Loop loop = new Loop("test");
  private final Courses courses = new Courses(GRAPH, Optional.empty(), DeviceClass.RASPBERRY_PI_4B);
  private final Preparation preparation =
      new Preparation(
          loop,
          part -> {
            Asked next = new Asked(part, new CompletableFuture<>());
            asked.add(next);
            return next.answer();
          },
          this::settle);
  private final Adoption adoption =
      new Adoption(
          loop,
          courses,
          new PlanInForce(courses.safe().entry(), SwitchRule.none(), 1),
          preparation);

  private void settle() {
    adoption.settle();
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private <T> T on(Supplier<T> work) throws Exception {
    return loop.ask(work).get(20, TimeUnit.SECONDS);
  }

  private void offer(Decision decision) throws Exception {
    on(
        () -> {
          adoption.offer(decision);
          return true;
        });
  }

  /** After whatever the loop does right now and what that leads to. */
  private boolean ready(Course course) throws Exception {
    on(() -> true);
    return on(
        () ->
            adoption.ready(course, Optional.empty())
                && course.servers().stream()
                    .allMatch(server -> adoption.ready(course, Optional.of(server))));
  }

  private void answerAll() throws Exception {
    for (Asked next = asked.poll(1, TimeUnit.SECONDS);
        next != null;
        next = asked.poll(100, TimeUnit.MILLISECONDS)) {
      next.answer().complete(null);
    }
  }

  private long version() throws Exception {
    on(() -> true);
    return on(adoption::version);
  }

  private Optional<Course> chosen() throws Exception {
    return on(() -> adoption.at(RATE));
  }

  private Decision split(long version, int near) {
    return split(version, near, 60);
  }

  private Decision split(long version, int near, double leaseSeconds) {
    Plan plan = Plan.split(GRAPH, LayerSet.range(0, near), 1);
    return decision(version, plan, leaseSeconds);
  }

  private Decision decision(long version, Plan plan, double leaseSeconds) {
    return new Decision(
        "cam-1",
        version,
        List.of("edge-1"),
        PlanTable.constant(new PlanTable.Entry(plan, 0.01, 1000)),
        loop.instant().plusNanos((long) (leaseSeconds * 1e9)),
        new Decision.Grounds(Reason.FOLLOWED, "", Estimate.ZERO));
  }

  @Test
  void holdsWhatWasUntilEveryPartIsReadyHereAndThere() throws Exception {
    offer(split(1, 3));
    assertThat(version()).isZero();
    assertThat(chosen()).isEmpty();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      assertThat(version()).isZero();
      Asked next = asked.poll(20, TimeUnit.SECONDS);
      parts.add(next.part());
      next.answer().complete(null);
    }
    assertThat(version()).isEqualTo(1);
    assertThat(parts)
        .containsExactlyInAnyOrder(
            Part.here(LayerSet.range(0, 3)),
            Part.at("edge-1", LayerSet.range(3, GRAPH.size())),
            Part.here(LayerSet.range(3, GRAPH.size()))); // the hedge
    assertThat(chosen().orElseThrow().servers()).containsExactly("edge-1");
  }

  @Test
  void takesALocalPlanAtOnce() throws Exception {
    offer(decision(1, Plan.local(GRAPH), 60));
    Asked whole = asked.poll(20, TimeUnit.SECONDS);
    whole.answer().complete(null);
    assertThat(version()).isEqualTo(1);
  }

  @Test
  void goesOnWithTheOldTableAndItsLeaseWhileTheNextIsPrepared() throws Exception {
    offer(split(1, 3, 0.5));
    answerAll();
    offer(split(2, 5, 60));
    double old = loop.now() + 0.6;
    while (loop.now() < old) { // until the first one's lease is over
      Thread.onSpinWait();
    }
    assertThat(version()).isEqualTo(1);
    assertThat(chosen()).isPresent();
    answerAll();
    assertThat(version()).isEqualTo(2);
  }

  /** Else a frame after the lease would be said to run under the decision. */
  @Test
  void endsWithItsLeaseEvenIfItsTableHasTheSafePlanItself() throws Exception {
    Decision local = decision(1, Plan.local(GRAPH), 2);
    PlanTable safe = PlanTable.constant(courses.safe().entry());
    offer(new Decision("cam-1", 1, List.of(), safe, local.validUntil(), local.grounds()));
    Asked whole = asked.poll(20, TimeUnit.SECONDS);
    whole.answer().complete(null);
    assertThat(version()).isEqualTo(1);
    assertThat(chosen()).isPresent();
    double end = loop.now() + 2;
    while (loop.now() <= end) {
      Thread.onSpinWait();
    }
    assertThat(chosen()).isEmpty();
  }

  @Test
  void endsWithTheNewestLeaseEvenIfAnOlderOneWasLonger() throws Exception {
    offer(split(1, 3, 60));
    answerAll();
    offer(split(2, 3, 0.2));
    assertThat(version()).isEqualTo(2);
    double end = loop.now() + 0.3;
    while (loop.now() < end) {
      Thread.onSpinWait();
    }
    assertThat(chosen()).isEmpty();
  }

  @Test
  void leavesOutAPlanWhoseServerNeverGetsReady() throws Exception {
    offer(split(1, 3));
    for (Asked next = asked.poll(20, TimeUnit.SECONDS);
        next != null;
        next = asked.poll(100, TimeUnit.MILLISECONDS)) {
      if (next.part().server().isPresent()) {
        next.answer().completeExceptionally(new IllegalStateException("no such model"));
      } else {
        next.answer().complete(null);
      }
    }
    assertThat(version()).isEqualTo(1);
    Course course = chosen().orElseThrow();
    assertThat(ready(course)).isFalse();
    assertThat(adoption.counts().incomplete()).isEqualTo(1);
    Asked again = asked.poll(20, TimeUnit.SECONDS); // tried again by itself
    again.answer().complete(null);
    assertThat(ready(course)).isTrue();
  }

  @Test
  void asksAServerThatCameAnewForEverythingAgain() throws Exception {
    offer(split(1, 3));
    answerAll();
    Course course = chosen().orElseThrow();
    assertThat(ready(course)).isTrue();
    on(
        () -> {
          preparation.forget("edge-1");
          return true;
        });
    assertThat(ready(course)).isFalse();
    Asked again = asked.poll(20, TimeUnit.SECONDS);
    assertThat(again.part()).isEqualTo(Part.at("edge-1", LayerSet.range(3, GRAPH.size())));
    again.answer().complete(null);
    assertThat(ready(course)).isTrue();
  }

  /** Case 10: everything twice, in any order, ends where once and in order ends. */
  @Test
  void endsAtTheNewestVersionHoweverDecisionsCome() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      List<Decision> twice = new ArrayList<>();
      for (int version = 1; version <= 6; version++) {
        twice.add(split(10L * seed + version, 3 + version % 4));
        twice.add(split(10L * seed + version, 3 + version % 4));
      }
      Collections.shuffle(twice, new java.util.Random(seed));
      for (Decision decision : twice) {
        offer(decision);
      }
      answerAll();
      assertThat(version()).as("seed %d", seed).isEqualTo(10L * seed + 6);
      assertThat(chosen().orElseThrow().legs().get(0).layers())
          .isEqualTo(LayerSet.range(0, 3 + 6 % 4));
    }
  }

  @Test
  void refusesPlansThatThisNetworkCannotRun() throws Exception {
    LayerSet all = GRAPH.all();
    Stage near = new Stage(Stage.DEVICE, LayerSet.range(0, 3));
    List<Plan> impossible =
        List.of(
            new Plan(List.of(near), Codec.FP32, Hedge.NEVER), // a rest that nobody runs
            new Plan(
                List.of(near, new Stage(2, all.minus(near.layers()))), // an unnamed server
                Codec.FP32,
                Hedge.NEVER),
            new Plan(
                List.of(near, new Stage(1, LayerSet.range(3, 99))), // more layers than there are
                Codec.FP32,
                Hedge.NEVER));
    long version = 1;
    for (Plan plan : impossible) {
      offer(decision(version++, plan, 60));
    }
    assertThat(adoption.counts().refused()).isEqualTo(3);
    assertThat(version()).isZero();
    assertThat(chosen()).isEmpty();
  }
}
