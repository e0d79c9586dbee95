package io.cleave.testbed.cli;

import picocli.CommandLine.Command;

/** {@code cleave model}: what a network is made of, where it can be cut, how long it takes. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Looks into networks: layers, cuts, halves, times, exits.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelListCommand.class,
      ModelInspectCommand.class,
      ModelSliceCommand.class,
      ModelProfileCommand.class,
      ModelExitsCommand.class,
      ModelCodecsCommand.class,
      ModelQuantisedCommand.class
    })
final class ModelCommand {}
