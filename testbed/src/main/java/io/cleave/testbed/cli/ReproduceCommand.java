package io.cleave.testbed.cli;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Sha256;
import io.cleave.testbed.reproduce.AdcnnReproduction;
import io.cleave.testbed.reproduce.AoflReproduction;
import io.cleave.testbed.reproduce.BranchyNetReproduction;
import io.cleave.testbed.reproduce.DadsReproduction;
import io.cleave.testbed.reproduce.DdnnReproduction;
import io.cleave.testbed.reproduce.DeepThingsReproduction;
import io.cleave.testbed.reproduce.DinaReproduction;
import io.cleave.testbed.reproduce.EdgentReproduction;
import io.cleave.testbed.reproduce.FullyDistributedReproduction;
import io.cleave.testbed.reproduce.JointDnnReproduction;
import io.cleave.testbed.reproduce.ModnnReproduction;
import io.cleave.testbed.reproduce.QdmpReproduction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      name = "deepthings",
      mixinStandardHelpOptions = true,
      description = "Zhao et al., TCAD 2018: tiles of YOLOv2's first layers on two to six boards.")
  void deepThings() {
    new DeepThingsReproduction().run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "aofl",
      mixinStandardHelpOptions = true,
      description = "Zhou et al., SEC 2019: fused blocks of three networks on two to eight boards.")
  void aofl() {
    new AoflReproduction().run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "fully-distributed",
      mixinStandardHelpOptions = true,
      description =
          "Stahl et al., SAMOS 2019: weights of YOLOv2 divided among up to seven machines.")
  void fullyDistributed() {
    new FullyDistributedReproduction().run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "modnn",
      mixinStandardHelpOptions = true,
      description =
          "Mao et al., DATE and ICCAD 2017: VGG16 layer by layer on two to four nodes, and what pruning saves.")
  void modnn() {
    new ModnnReproduction(Shipped.file(Path.of("models"))).run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "qdmp",
      mixinStandardHelpOptions = true,
      description = "Zhang et al., IMWUT 2020: response time against one cut of the whole network.")
  void qdmp() {
    new QdmpReproduction(System::nanoTime).run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "jointdnn",
      mixinStandardHelpOptions = true,
      description =
          "Eshratifar et al., TMC 2021: networks and link classes, inference and training, latency and energy.")
  void jointDnn() {
    new JointDnnReproduction().run().print(spec.commandLine().getOut());
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

  @Command(
      name = "edgent",
      mixinStandardHelpOptions = true,
      description =
          "Li et al., MECOMM 2018: AlexNet with five exits, deadlines of 100 to 1000 ms, slow links.")
  void edgent(
      @Option(
              names = "--model",
              paramLabel = "FILE",
              defaultValue = "",
              description =
                  "A trained alexnet-exits.onnx with its answers beside it (default: testbed/models/alexnet-exits.onnx, if it is there).")
          String model) {
    new EdgentReproduction(answers(model)).run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "dina",
      mixinStandardHelpOptions = true,
      description =
          "Mohammed et al., INFOCOM 2020: twelve boards share four fog nodes; pieces of layers and swap matching; about two minutes.")
  void dina() {
    new DinaReproduction().run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "ddnn",
      mixinStandardHelpOptions = true,
      description =
          "Teerapittayanon et al., ICDCS 2017: six cameras, a local exit and a cloud; bytes and accuracy over thresholds.")
  void ddnn(
      @Option(
              names = "--model",
              paramLabel = "FILE",
              defaultValue = "",
              description =
                  "A network of ./cleave train ddnn (default: testbed/models/ddnn-max-concat.onnx).")
          String model) {
    Path file =
        model.isEmpty() ? Shipped.file(Path.of("models", "ddnn-max-concat.onnx")) : Path.of(model);
    new DdnnReproduction(file, Shipped.images()).run().print(spec.commandLine().getOut());
  }

  @Command(
      name = "adcnn",
      mixinStandardHelpOptions = true,
      description =
          "Zhang et al., ICPP 2020: tiles without exchange; accuracy, traffic, a board lost, and eight boards.")
  void adcnn(
      @Option(
              names = "--model",
              paramLabel = "FILE",
              defaultValue = "",
              description =
                  "A network of ./cleave train adcnn (default: testbed/models/alexnet-tiles-2x2.onnx).")
          String model) {
    Path file =
        model.isEmpty()
            ? Shipped.file(Path.of("models", "alexnet-tiles-2x2.onnx"))
            : Path.of(model);
    Path base = Shipped.file(Path.of("models", "alexnet-exits.onnx"));
    new AdcnnReproduction(base, file, Shipped.images()).run().print(spec.commandLine().getOut());
  }

  /** What a trained model's exits answered; empty if nobody named one and there is none. */
  private static Optional<ExitAnswers> answers(String model) {
    Path file =
        model.isEmpty() ? Shipped.file(Path.of("models", "alexnet-exits.onnx")) : Path.of(model);
    if (!Files.isRegularFile(file) && model.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<ExitStudy> study = AnswersFile.read(file, Sha256.of(file));
      if (study.isEmpty() && !model.isEmpty()) {
        throw new UserError(
            "There are no answers beside %s: %s is missing. Maybe train the model with ./cleave train exits."
                .formatted(file, AnswersFile.beside(file)));
      }
      return study.map(ExitStudy::calibration);
    } catch (IOException error) {
      throw new UserError("%s cannot be read: %s.".formatted(file, error.getMessage()));
    }
  }
}
