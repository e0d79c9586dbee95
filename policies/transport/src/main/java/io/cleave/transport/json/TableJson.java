package io.cleave.transport.json;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.Stage;
import io.cleave.transport.json.MalformedMessage.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A {@link PlanTable} as JSON. */
final class TableJson {
  private static final ExitSignal[] SIGNALS = ExitSignal.values();
  private static final Precision[] PRECISIONS = Precision.values();
  private static final String TOO_MANY =
      "must have at most %d stages in all plans together.".formatted(WireLimits.TABLE_STAGES);

  private TableJson() {}

  static void write(FieldWriter to, PlanTable table) {
    int stages = table.entries().stream().mapToInt(entry -> entry.plan().stages().size()).sum();
    if (stages > WireLimits.TABLE_STAGES) {
      throw new IllegalArgumentException("A table %s It has %d.".formatted(TOO_MANY, stages));
    }
    to.objects("entries", table.entries(), WireLimits.ENTRIES, TableJson::writeEntry);
    to.numbers(
        "breakpointsSecondsPerBit",
        Arrays.stream(table.breakpoints()).boxed().toList(),
        WireLimits.ENTRIES,
        Range.ABOVE_0);
  }

  static PlanTable read(Fields from) {
    int[] stages = {0}; // so far, for a limit before they are all in memory
    List<PlanTable.Entry> entries =
        from.objects(
            "entries",
            WireLimits.ENTRIES,
            fields -> {
              PlanTable.Entry entry = readEntry(fields);
              stages[0] += entry.plan().stages().size();
              if (stages[0] > WireLimits.TABLE_STAGES) {
                throw from.refused(Kind.TOO_LARGE, TOO_MANY);
              }
              return entry;
            });
    double[] breakpoints =
        from.numbers("breakpointsSecondsPerBit", WireLimits.ENTRIES, Range.ABOVE_0).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    return from.built(() -> PlanTable.of(entries, breakpoints));
  }

  private static void writeEntry(FieldWriter to, PlanTable.Entry entry) {
    writePlan(to.object("plan"), entry.plan());
    to.numberUnlessInfinite("fixedSeconds", entry.fixedSeconds(), Range.AT_LEAST_0)
        .number("uplinkBits", entry.uplinkBits(), Range.AT_LEAST_0);
  }

  private static PlanTable.Entry readEntry(Fields from) {
    return new PlanTable.Entry(
        readPlan(from.object("plan")),
        from.numberOrInfinity("fixedSeconds", Range.AT_LEAST_0),
        from.number("uplinkBits", Range.AT_LEAST_0));
  }

  private static void writePlan(FieldWriter to, Plan plan) {
    to.objects("stages", plan.stages(), WireLimits.STAGES, TableJson::writeStage);
    CodecJson.write(to, plan.codec());
    to.numberUnlessInfinite("hedgeDelaySeconds", plan.hedge().delaySeconds(), Range.AT_LEAST_0);
    plan.exits().ifPresent(rule -> writeRule(to.object("exits"), rule));
    SharingJson.write(to, plan.stages());
  }

  private static Plan readPlan(Fields from) {
    return from.built(
        () ->
            new Plan(
                SharingJson.read(
                    from, from.objects("stages", WireLimits.STAGES, TableJson::readStage)),
                CodecJson.read(from),
                new Hedge(from.numberOrInfinity("hedgeDelaySeconds", Range.AT_LEAST_0)),
                from.optionalObject("exits").map(TableJson::readRule)));
  }

  private static void writeRule(FieldWriter to, ExitRule rule) {
    to.choice("signal", rule.signal()).count("classes", rule.classes());
    to.counts(
        "places",
        rule.exits().stream().map(Integer::longValue).toList(),
        WireLimits.EXITS,
        WireLimits.OUTPUTS - 1);
    to.numbers("thresholds", rule.thresholds(), WireLimits.EXITS, Range.AT_LEAST_0);
  }

  private static ExitRule readRule(Fields from) {
    return from.built(
        () ->
            new ExitRule(
                from.choice("signal", SIGNALS),
                (int) from.count("classes", 2, WireLimits.CLASSES),
                from.counts("places", WireLimits.EXITS, WireLimits.OUTPUTS - 1).stream()
                    .map(Long::intValue)
                    .toList(),
                from.numbers("thresholds", WireLimits.EXITS, Range.AT_LEAST_0)));
  }

  private static void writeStage(FieldWriter to, Stage stage) {
    to.count("node", stage.node()).layers("layers", stage.layers());
    if (stage.precision() != Precision.FLOAT32) { // who does not know it computes with floats
      to.choice("precision", stage.precision());
    }
  }

  private static Stage readStage(Fields from) {
    int node = (int) from.count("node", 0, WireLimits.SERVERS);
    Precision precision =
        from.has("precision") ? from.choice("precision", PRECISIONS) : Precision.FLOAT32;
    return from.built(() -> new Stage(node, from.layers("layers"), Optional.empty(), precision));
  }
}
