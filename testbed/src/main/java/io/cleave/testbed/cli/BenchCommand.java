package io.cleave.testbed.cli;

import picocli.CommandLine.Command;

/** {@code cleave bench}: how fast the parts of Cleave are on this machine. */
@Command(
    name = "bench",
    description = "Measures how fast Cleave is on this machine.",
    synopsisSubcommandLabel = "WHAT",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchCodecsCommand.class,
      BenchControllerCommand.class,
      BenchLinkCommand.class,
      BenchMatchingCommand.class,
      BenchPlannersCommand.class,
      BenchPolicyCommand.class,
      BenchSimulatorCommand.class,
      BenchTilingCommand.class
    })
final class BenchCommand {}
