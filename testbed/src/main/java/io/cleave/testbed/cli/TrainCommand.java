package io.cleave.testbed.cli;

import picocli.CommandLine.Command;

/** {@code cleave train}: learns from data. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains networks on this machine's processor.",
    subcommands = {
      TrainExitsCommand.class,
      TrainDdnnCommand.class,
      TrainAdcnnCommand.class,
      TrainPrunedCommand.class,
      TrainSplitCommand.class,
      TrainCodedCommand.class,
      TrainPolicyCommand.class,
      TrainDqnCommand.class
    })
final class TrainCommand {}
