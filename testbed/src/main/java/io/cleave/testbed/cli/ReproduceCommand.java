package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.testbed.reproduce.BranchyNetReproduction;
import io.cleave.testbed.reproduce.DadsReproduction;
import io.cleave.testbed.reproduce.QdmpReproduction;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Rebuilds published set-ups and prints paper | ours | ratio. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = "Rebuilds a published set-up and prints paper | ours | ratio.",
    synopsisSubcommandLabel = "PAPER",
    footer = {"", "Why figures differ stands in docs/reproductions.md."})
final class ReproduceCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "dads",
      mixinStandardHelpOptions = true,
      description = "Hu et al., INFOCOM 2019: five networks, four uplinks, light and heavy load.")
  void dads() {
    new DadsReproduction().run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "qdmp",
      mixinStandardHelpOptions = true,
      description = "Zhang et al., IMWUT 2020: response time against one cut of the whole network.")
  void qdmp() {
    new QdmpReproduction(System::nanoTime).run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "branchynet",
      mixinStandardHelpOptions = true,
      description = "Teerapittayanon et al., ICPR 2016: how much faster early exits are, measured.")
  void branchynet() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    LabelledImages images = Shipped.images();
    new BranchyNetReproduction(
            Shipped.file(Path.of("models")), images, threads::getCurrentThreadCpuTime)
        .run()
        .print(spec.commandLine().getOut());
  }
}
