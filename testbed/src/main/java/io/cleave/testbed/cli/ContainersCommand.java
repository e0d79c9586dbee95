package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.live.ContainerEngine;
import io.cleave.testbed.live.ContainerWorld;
import io.cleave.testbed.live.LiveSite;
import io.cleave.testbed.live.Narrator;
import io.cleave.testbed.live.ProgramFailed;
import io.cleave.testbed.live.RealWorld;
import io.cleave.testbed.live.SiteAccount;
import io.cleave.testbed.live.Stop;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cleave containers}: as {@code cleave live}, with every program in a container. */
@Command(
    name = "containers",
    mixinStandardHelpOptions = true,
    description = "Runs real agents, the controller and Mosquitto in containers.",
    footer = {
      "",
      "Without FILE, the experiment of cleave live; Ctrl-C ends it and removes the containers.",
      "Needs a Docker engine on this machine. CLEAVE_BASE_IMAGE and CLEAVE_MOSQUITTO_IMAGE name",
      "other images than the public ones. See docs/containers.md.",
      "",
      "Examples:",
      "  cleave containers",
      "  cleave containers --trace lte-att-driving --model zoo:alexnet --seconds 120"
    })
final class ContainersCommand implements Runnable {
  @Mixin private LiveOptions options = new LiveOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    ContainerEngine engine = ContainerEngine.ofEnvironment();
    engine.check();
    ContainerWorld.Conduct open = ContainerWorld.Conduct.of(engine, options.port());
    ContainerWorld.Conduct conduct = options.open() ? open : open.closed();
    try {
      options.run(new InContainers(conduct), spec.commandLine().getOut());
    } catch (ProgramFailed e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }

  private record InContainers(ContainerWorld.Conduct conduct) implements LiveOptions.Founding {
    @Override
    public RealWorld world(Experiment experiment, Path logs, Narrator narrator, Stop stop) {
      return new ContainerWorld(experiment, conduct, logs, narrator, stop);
    }

    @Override
    public SiteAccount site(Experiment experiment, RunFolder folder, Narrator narrator, Stop stop) {
      return new LiveSite(experiment, conduct.settings(), folder)
          .inContainers(conduct.engine(), narrator, stop);
    }
  }
}
