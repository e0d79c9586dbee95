package io.cleave.testbed.cli;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.MeasuredProfile;
import io.cleave.testbed.UserError;
import io.cleave.testbed.measure.Fit;
import io.cleave.testbed.measure.Measurement;
import io.cleave.testbed.measure.ProfileFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave model profile}: times a network on this machine and keeps the profile. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Times contiguous segments of a network on this machine with ONNX Runtime.")
final class ModelProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelReference model = new ModelReference();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The profile; NETWORK.profile.json by default.")
  private String file = "";

  @Option(names = "--rounds", description = "Timed runs of each segment (default 20).")
  private int rounds = 20;

  @Option(names = "--threads", description = "Threads of the engine (default 1).")
  private int threads = 1;

  @Option(names = "--samples", description = "Suffixes and middles beside prefixes (default 8).")
  private int samples = 8;

  @Override
  public Integer call() {
    Measurement how = measurement();
    OnnxSlicer slicer = model.slicer();
    MeasuredProfile profile = measure(how, slicer);
    Path out = Path.of(file.isEmpty() ? model.stem() + ".profile.json" : file);
    ProfileFile.write(out, profile, how);
    report(slicer.graph(), profile, out);
    return 0;
  }

  private Measurement measurement() {
    try {
      return new Measurement(rounds, threads, samples);
    } catch (IllegalArgumentException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
  }

  private MeasuredProfile measure(Measurement how, OnnxSlicer slicer) {
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(model.stem())
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" runs", 1)
            .setUpdateIntervalMillis(500)
            .build()) {
      return how.measure(
          slicer,
          (done, total) -> {
            bar.maxHint(total);
            bar.stepTo(done);
          });
    }
  }

  private void report(DnnGraph graph, MeasuredProfile profile, Path file) {
    PrintWriter out = spec.commandLine().getOut();
    LayerTimes times = profile.times(graph);
    Fit fit = Fit.of(profile, graph);
    out.printf(
        Locale.ROOT,
        "%s: whole network %s ms, of which %s ms are the start of a run; %d segments measured%n",
        file,
        Amounts.millis(times.run(graph.all())),
        Amounts.millis(times.startSeconds()),
        profile.segments().size());
    if (fit.segments() > 0) {
      out.printf(
          Locale.ROOT,
          "Sums of layer times against %d segments that were held out: %s off at the median, %s ms at worst%n",
          fit.segments(),
          Amounts.percent(fit.medianError()),
          Amounts.millis(fit.worstSeconds()));
    }
    out.flush();
  }
}
