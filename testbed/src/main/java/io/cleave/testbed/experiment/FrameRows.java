package io.cleave.testbed.experiment;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.memory.Need;
import io.cleave.policies.memory.PlanNeed;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.testbed.world.FrameRecord;
import io.cleave.testbed.world.FrameSink;
import io.cleave.testbed.world.RemoteMachine;
import io.cleave.testbed.world.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the frames of one cell as rows and sums them up. Of a frame only its latency is kept.
 * Owned by the thread that runs the cell.
 */
final class FrameRows implements FrameSink {
  /** The columns of frames.csv. */
  static final List<String> HEADER =
      List.of(
          "model",
          "trace",
          "planner",
          "seed",
          "frame",
          "arrival_s",
          "latency_ms",
          "predicted_ms",
          "plan",
          "near_share",
          "crossing_bytes",
          "node",
          "device_memory_bytes",
          "server_memory_bytes",
          "hedge_ms",
          "uplink_mbps",
          "uplink_bytes",
          "energy_j",
          "hedge_energy_j",
          "hedge_won",
          "missed",
          "exit",
          "right",
          "zeros");

  private final Cell cell;
  private final Scenario scenario;
  private final CsvWriter csv;
  private final List<String> servers;
  private final Map<Way, CutView> views = new HashMap<>(); // looked up, never walked
  private final Map<Held, List<Need>> needs = new HashMap<>(); // looked up, never walked
  private final Sample latencies = new Sample();
  private Optional<Way> last = Optional.empty();
  private long switches;
  private long missed;
  private long hedgeWon;
  private double joules;
  private double hedgeJoules;
  private double uplinkBytes;
  private long right;
  private long rightInTime;
  private long exits;
  private long answers; // of which it is known whether they were right
  private long lost; // right ones of the last exit's to the same frames
  private long overBound;
  private long foretoldOver;

  /** What makes two plans one cut. */
  private record Way(List<Stage> stages, Optional<ExitRule> exits) {}

  /** What makes two plans need the same memory. */
  private record Held(List<Stage> stages, boolean hedged) {}

  FrameRows(Cell cell, Scenario scenario, CsvWriter csv) {
    this.cell = cell;
    this.scenario = scenario;
    this.csv = csv;
    this.servers = scenario.servers().stream().map(s -> s.machine().name()).toList();
  }

  @Override
  public void accept(FrameRecord frame) {
    FrameRecord.Outcome outcome = frame.outcome();
    boolean late = frame.latencySeconds() > scenario.workload().demand().deadlineSeconds();
    latencies.add(1e3 * frame.latencySeconds());
    missed += late ? 1 : 0;
    hedgeWon += outcome.hedgeWon() ? 1 : 0;
    joules += outcome.joules();
    hedgeJoules += outcome.hedgeJoules();
    uplinkBytes += outcome.uplinkBits() / 8;
    double bound = scenario.workload().demand().bounds().seconds();
    overBound += frame.latencySeconds() > bound ? 1 : 0;
    foretoldOver += outcome.predictedSeconds() > bound ? 1 : 0;
    frame.answered().ifPresent(answered -> count(answered, late));
    Optional<Way> way = Optional.of(new Way(frame.plan().stages(), frame.plan().exits()));
    switches += last.isEmpty() || last.equals(way) ? 0 : 1;
    last = way;
    csv.writeRecord(row(frame, late));
  }

  private void count(FrameRecord.Answered answered, boolean late) {
    answers++;
    exits += answered.exit();
    right += answered.right() ? 1 : 0;
    rightInTime += answered.right() && !late ? 1 : 0;
    lost += (lastExitKnows(answered.image()) ? 1 : 0) - (answered.right() ? 1 : 0);
  }

  private boolean lastExitKnows(int image) {
    List<ExitAnswers.Answers> exits = scenario.exits().orElseThrow().test().exits();
    return exits.get(exits.size() - 1).right()[image];
  }

  private List<String> row(FrameRecord frame, boolean late) {
    Plan plan = frame.plan();
    FrameRecord.Outcome outcome = frame.outcome();
    CutView view =
        views.computeIfAbsent(
            new Way(plan.stages(), plan.exits()),
            way -> CutView.of(scenario.graph(), plan, servers));
    List<Need> needs =
        this.needs.computeIfAbsent(
            new Held(plan.stages(), plan.hedge().armed()),
            held -> PlanNeed.of(scenario.graph(), plan));
    return List.of(
        cell.network().name(),
        cell.course(),
        cell.planner().toString(),
        Long.toString(cell.seed()),
        Long.toString(frame.frame()),
        Fixed.text(frame.arrivalSeconds(), 3),
        Fixed.text(1e3 * frame.latencySeconds(), 3),
        Fixed.text(1e3 * outcome.predictedSeconds(), 3),
        view.label(),
        Fixed.text(view.nearShare(), 4),
        Fixed.text(view.crossingBytes(), 0),
        view.node(),
        Long.toString(needs.get(Stage.DEVICE).bytes()),
        Long.toString(most(needs.subList(1, needs.size()))),
        Fixed.text(1e3 * plan.hedge().delaySeconds(), 3),
        Fixed.text(link(plan).link().up().rateAt(frame.arrivalSeconds()) / 1e6, 4),
        Fixed.text(outcome.uplinkBits() / 8, 0),
        Fixed.text(outcome.joules(), 5),
        Fixed.text(outcome.hedgeJoules(), 5),
        outcome.hedgeWon() ? "1" : "0",
        late ? "1" : "0",
        frame.answered().map(answered -> Integer.toString(answered.exit())).orElse(""),
        frame.answered().map(answered -> answered.right() ? "1" : "0").orElse(""),
        Integer.toString(outcome.zeros()));
  }

  private static long most(List<Need> needs) {
    return needs.stream().mapToLong(Need::bytes).max().orElse(0);
  }

  /** The server that the plan uses first; the first one if it uses none. */
  private RemoteMachine link(Plan plan) {
    int node =
        plan.stages().stream()
            .mapToInt(Stage::node)
            .filter(place -> place != Stage.DEVICE)
            .findFirst()
            .orElse(1);
    return scenario.servers().get(node - 1);
  }

  /** What came of the frames so far. */
  CellFigures figures() {
    double frames = latencies.size();
    return new CellFigures(
        latencies.size(),
        new CellFigures.Spread(
            latencies.mean(),
            latencies.percentile(0.50),
            latencies.percentile(0.95),
            latencies.percentile(0.99)),
        new CellFigures.Cost(
            missed / frames,
            joules / frames,
            hedgeJoules / frames,
            uplinkBytes / frames,
            hedgeWon / frames),
        answers(),
        switches,
        kept());
  }

  private CellFigures.Kept kept() {
    double frames = latencies.size();
    double rate = scenario.workload().demand().framesPerSecond();
    EnergyModel power = scenario.device().power();
    return new CellFigures.Kept(
        overBound / frames,
        foretoldOver / frames,
        answers == 0 ? Double.NaN : 100.0 * lost / answers,
        power.meanWatts(rate, joules / frames, latencies.mean() / 1e3));
  }

  private CellFigures.Answers answers() {
    double known = answers;
    return answers == 0
        ? CellFigures.Answers.UNKNOWN
        : new CellFigures.Answers(right / known, rightInTime / known, exits / known);
  }
}
