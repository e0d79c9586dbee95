package io.cleave.controller.control;

import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in a sentence what a decision does, and what was before. */
public final class Sentence {
  private Sentence() {}

  static String of(Optional<Verdict.Decided> before, Verdict.Decided after, DnnGraph graph) {
    String now = sentence(after, graph);
    String then = before.map(old -> "; before " + sentence(old, graph)).orElse("");
    return now + then + link(after) + "; " + after.decision().grounds().text();
  }

  /** What a plan does, without numbers: "runs alone" or "cut behind conv2, then edge-1". */
  public static String of(Plan plan, List<String> servers, DnnGraph graph) {
    if (plan.isLocal() && plan.stages().stream().map(Stage::precision).distinct().count() == 1) {
      return "all on the device" + how(plan.stages().get(0));
    }
    StringBuilder text = new StringBuilder();
    for (Stage stage : plan.stages()) {
      boolean first = text.isEmpty();
      boolean onlyInput = first && stage.layers().equals(LayerSet.of(0));
      if (!onlyInput) {
        String node =
            stage.nodes().stream()
                .map(each -> each == Stage.DEVICE ? "device" : servers.get(each - 1))
                .collect(Collectors.joining("+"));
        text.append(first ? "" : ", ").append(node).append(how(stage));
        text.append(" to ").append(last(stage, graph));
      } else {
        text.append("input sent");
      }
    }
    return text.toString();
  }

  /** What is not usual about the way in which a stage is run. */
  private static String how(Stage stage) {
    int before = stage.sharing().map(sharing -> sharing.rounds().size()).orElse(0);
    String rounds = before == 0 ? "" : " in %d rounds".formatted(before + 1);
    return rounds + (stage.precision() == Precision.INT8 ? " in eight bits" : "");
  }

  private static String last(Stage stage, DnnGraph graph) {
    return graph.layer(stage.layers().stream().max().orElseThrow()).name();
  }

  private static String sentence(Verdict.Decided decided, DnnGraph graph) {
    Decision decision = decided.decision();
    return String.format(
        Locale.ROOT,
        "%s in %.0f ms",
        of(planAt(decided), decision.servers(), graph),
        1000 * decision.grounds().estimate().seconds());
  }

  /** The entry that holds at the rate that was seen; the last, for a slow link, if none was. */
  public static Plan planAt(Verdict.Decided decided) {
    PlanTable table = decided.decision().table();
    return uplink(decided)
        .map(rate -> table.at(rate).plan())
        .orElse(table.entries().get(table.entries().size() - 1).plan());
  }

  /** The server whose uplink the decision's table is about; none if it uses none. */
  public static Optional<String> server(Decision decision) {
    int node = PlanInForce.serverOf(decision.table());
    return node == Stage.DEVICE ? Optional.empty() : Optional.of(decision.servers().get(node - 1));
  }

  /** Rate to the server that the decision's table is about, as seen. */
  public static Optional<Bandwidth> uplink(Verdict.Decided decided) {
    Optional<String> name = server(decided.decision());
    return decided
        .seen()
        .flatMap(
            seen ->
                seen.servers().stream()
                    .filter(server -> Optional.of(server.node().name()).equals(name))
                    .map(server -> server.link().up())
                    .findFirst());
  }

  private static String link(Verdict.Decided decided) {
    return uplink(decided)
        .map(rate -> String.format(Locale.ROOT, "; link %.2f Mbit/s", rate.bitsPerSecond() / 1e6))
        .orElse("");
  }
}
