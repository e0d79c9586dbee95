package io.cleave.testbed.cli;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.front.Candidate;
import io.cleave.policies.front.Keeping;
import io.cleave.policies.front.PlanSpace;
import io.cleave.policies.plan.Observation;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.chart.FrontSvg;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.MeanView;
import io.cleave.testbed.settings.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave front}: what a device could have, and what it would be given. */
@Command(
    name = "front",
    mixinStandardHelpOptions = true,
    description = "Shows the plans of a device that no other plan beats, in a table and a picture.",
    footer = {
      "",
      "All plans (exit, cut, codec, server, hedge) are priced at the trace's mean rate, or at",
      "--mbps. Kept are those that no other one beats in seconds, joules, lost accuracy and server",
      "seconds together. The plan that the weights ask for within the bounds is marked; if none",
      "keeps the bounds that is said, with the nearest that does not.",
      "",
      "Examples:",
      "  cleave front --model zoo:alexnet --trace lte-tmobile",
      "  cleave front --model zoo:resnet18 --trace norway-3g-bus --energy-weight 0.5 --within-ms 400",
      "  cleave front --model cam.onnx --trace walk.csv --device jetson-nano --battery 18.75x12"
    })
final class FrontCommand implements Runnable {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "A network, zoo:NAME or an ONNX file.")
  private String model = "";

  @Option(
      names = "--trace",
      required = true,
      paramLabel = "NAME",
      description = "The link: a recording, by name or file.")
  private String trace = "";

  @Option(names = "--device", paramLabel = "CLASS", description = "Its class (${DEFAULT-VALUE}).")
  private String device = "raspberry-pi-3b";

  @Option(
      names = "--power",
      paramLabel = "FILE",
      description = "What it draws (YAML), as testbed/power/raspberry-pi-4b-wifi.yaml.")
  private Optional<Path> power = Optional.empty();

  @Option(
      names = "--server",
      paramLabel = "CLASS",
      description = "Who can help; repeatable. By default one cloud-gpu.")
  private List<String> servers = List.of("cloud-gpu");

  @Option(
      names = "--mbps",
      paramLabel = "RATE",
      description = "Rate of the uplink instead of the trace's mean.")
  private Optional<Double> mbps = Optional.empty();

  @Option(
      names = "--frames-per-second",
      paramLabel = "N",
      description = "For the mean power (${DEFAULT-VALUE}).")
  private String framesPerSecond = "0.45";

  @Option(names = "--out", paramLabel = "FILE.svg", description = "Where the picture goes.")
  private Optional<Path> out = Optional.empty();

  @Mixin private FrontOptions wanted = new FrontOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Experiment experiment = ExperimentFile.standard(settings(), PlannerCatalog.standard());
    Observation seen = MeanView.of(experiment, mbps, wanted.bounds());
    List<Candidate> all = PlanSpace.of(seen, wanted.codecs());
    if (all.isEmpty()) {
      throw new UserError("The machines have memory for no plan.");
    }
    List<Candidate> front = Candidate.front(all);
    Candidate chosen = Candidate.best(all, wanted.weights(seen.power()), seen);
    String title =
        "%s on %s over %s"
            .formatted(seen.graph().name(), device, experiment.inputs().traces().get(0).name());
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf("%s at %.4g Mbit/s up%n", title, seen.server(1).link().up().mbps());
    new FrontTable(seen, MeanView.servers(experiment))
        .lines(front, chosen)
        .forEach(terminal::println);
    terminal.printf("%n%d plans, of which no other beats %d.%n", all.size(), front.size());
    String broken = Keeping.broken(chosen.costs(), seen);
    if (!broken.isEmpty()) {
      terminal.printf("No plan keeps the bounds. The nearest takes %s.%n", broken);
    }
    Path picture = out.orElseGet(() -> Path.of(seen.graph().name() + ".front.svg"));
    if (!picture.toString().endsWith(".svg")) {
      throw new UserError("%s: the picture is an SVG; use a name that ends so.".formatted(picture));
    }
    WholeFiles.write(
        picture,
        text ->
            FrontSvg.write(
                FrontTable.picture(title, List.of(all, front), chosen, seen.demand().bounds()),
                text));
    terminal.println("Picture: " + picture.toAbsolutePath().normalize());
    terminal.flush();
  }

  private Setting.Fields settings() {
    Map<String, Setting> values = new LinkedHashMap<>();
    ReplayCommand.put(values, "models", "--model", List.of(ReplayCommand.absolute(model)));
    ReplayCommand.put(values, "traces", "--trace", List.of(ReplayCommand.absolute(trace)));
    ReplayCommand.put(values, "servers", "--server", servers);
    Map<String, Setting> machine = new LinkedHashMap<>();
    machine.put("class", new Setting.Text("--device", device));
    power.ifPresent(
        file ->
            machine.put("power", new Setting.Text("--power", file.toAbsolutePath().toString())));
    values.put("device", new Setting.Fields("--device", machine));
    values.put(
        "arrivals",
        new Setting.Fields(
            "--frames-per-second",
            Map.of("frames-per-second", new Setting.Text("--frames-per-second", framesPerSecond))));
    return new Setting.Fields("the command line", values);
  }
}
