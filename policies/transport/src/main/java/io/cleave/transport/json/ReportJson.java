package io.cleave.transport.json;

import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.MachineReport;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;

/** A {@link Report} as JSON. */
final class ReportJson {
  private ReportJson() {}

  static void write(FieldWriter to, Report report) {
    to.agent("agent", report.agent());
    to.object("stamp")
        .count("epoch", report.stamp().epoch())
        .count("sequence", report.stamp().sequence());
    writeLoad(to.object("load"), report.load());
    to.objects("links", report.links(), WireLimits.LINKS, ReportJson::writeLink);
    to.objects("runs", report.runs(), WireLimits.RUNS, ReportJson::writeRun);
    to.count("planVersion", report.planVersion());
    writeFrames(to.object("frames"), report.frames());
    report.machine().ifPresent(machine -> writeMachine(to.object("machine"), machine));
  }

  static Report read(Fields from) {
    return new Report(
        from.agent("agent"),
        readStamp(from.object("stamp")),
        readLoad(from.object("load")),
        from.objects("links", WireLimits.LINKS, ReportJson::readLink),
        from.objects("runs", WireLimits.RUNS, ReportJson::readRun),
        from.count("planVersion", 0),
        readFrames(from.object("frames")),
        from.optionalObject("machine").map(ReportJson::readMachine));
  }

  private static Stamp readStamp(Fields from) {
    return new Stamp(from.count("epoch", 0), from.count("sequence", 0));
  }

  private static void writeLoad(FieldWriter to, LoadReport load) {
    to.number("queueSeconds", load.queueSeconds(), Range.AT_LEAST_0)
        .number("slowdown", load.slowdown(), Range.ABOVE_0);
    if (load.memoryBytes() < LoadReport.UNLIMITED) {
      to.count("memoryBytes", load.memoryBytes());
    }
  }

  private static LoadReport readLoad(Fields from) {
    return new LoadReport(
        from.number("queueSeconds", Range.AT_LEAST_0),
        from.number("slowdown", Range.ABOVE_0),
        from.has("memoryBytes") ? from.count("memoryBytes", 0) : LoadReport.UNLIMITED);
  }

  private static void writeLink(FieldWriter to, LinkReport link) {
    to.agent("server", link.server())
        .number("uplinkBitsPerSecond", link.uplinkBitsPerSecond(), Range.AT_LEAST_0)
        .number("downlinkBitsPerSecond", link.downlinkBitsPerSecond(), Range.AT_LEAST_0)
        .number("rttSeconds", link.rttSeconds(), Range.AT_LEAST_0)
        .numbers(
            "uplinkErrorRatios", link.uplinkErrorRatios(), WireLimits.RATIOS, Range.AT_LEAST_0);
  }

  private static LinkReport readLink(Fields from) {
    return from.built(
        () ->
            new LinkReport(
                from.agent("server"),
                from.number("uplinkBitsPerSecond", Range.AT_LEAST_0),
                from.number("downlinkBitsPerSecond", Range.AT_LEAST_0),
                from.number("rttSeconds", Range.AT_LEAST_0),
                from.numbers("uplinkErrorRatios", WireLimits.RATIOS, Range.AT_LEAST_0)));
  }

  private static void writeRun(FieldWriter to, RunReport run) {
    to.text("graph", run.graph(), WireLimits.TITLE_CHARS)
        .layers("layers", run.layers())
        .number("seconds", run.seconds(), Range.ABOVE_0);
  }

  private static RunReport readRun(Fields from) {
    return new RunReport(
        from.text("graph", WireLimits.TITLE_CHARS),
        from.layers("layers"),
        from.number("seconds", Range.ABOVE_0));
  }

  private static void writeFrames(FieldWriter to, FrameReport frames) {
    to.object("counts")
        .count("submitted", frames.counts().submitted())
        .count("completed", frames.counts().completed())
        .count("late", frames.counts().late())
        .count("offloaded", frames.counts().offloaded())
        .count("rescued", frames.counts().rescued());
    if (!frames.answers().equals(FrameReport.Answers.NONE)) {
      writeAnswers(to.object("answers"), frames.answers());
    }
    to.objects("recent", frames.recent(), WireLimits.RECENT, ReportJson::writeAnswered);
  }

  private static void writeAnswers(FieldWriter to, FrameReport.Answers answers) {
    to.counts("byExit", answers.byExit(), WireLimits.OUTPUTS, WireLimits.COUNT);
    to.count("labelled", answers.labelled()).count("right", answers.right());
  }

  private static FrameReport.Answers readAnswers(Fields from) {
    return from.built(
        () ->
            new FrameReport.Answers(
                from.counts("byExit", WireLimits.OUTPUTS, WireLimits.COUNT),
                from.count("labelled", 0),
                from.count("right", 0)));
  }

  private static FrameReport readFrames(Fields from) {
    return new FrameReport(
        readCounts(from.object("counts")),
        from.optionalObject("answers")
            .map(ReportJson::readAnswers)
            .orElse(FrameReport.Answers.NONE),
        from.objects("recent", WireLimits.RECENT, ReportJson::readAnswered));
  }

  private static FrameReport.Counts readCounts(Fields from) {
    return from.built(
        () ->
            new FrameReport.Counts(
                from.count("submitted", 0),
                from.count("completed", 0),
                from.count("late", 0),
                from.count("offloaded", 0),
                from.count("rescued", 0)));
  }

  private static void writeAnswered(FieldWriter to, FrameReport.Answered answered) {
    to.number("latencySeconds", answered.latencySeconds(), Range.AT_LEAST_0)
        .numberUnlessInfinite("predictedSeconds", answered.predictedSeconds(), Range.AT_LEAST_0)
        .count("planVersion", answered.planVersion());
  }

  private static FrameReport.Answered readAnswered(Fields from) {
    return new FrameReport.Answered(
        from.number("latencySeconds", Range.AT_LEAST_0),
        from.numberOrInfinity("predictedSeconds", Range.AT_LEAST_0),
        from.count("planVersion", 0));
  }

  private static void writeMachine(FieldWriter to, MachineReport machine) {
    to.number("cpuLoad", machine.cpuLoad(), Range.SHARE)
        .count("freeMemoryBytes", machine.freeMemoryBytes());
    machine
        .batteryFraction()
        .ifPresent(charge -> to.number("batteryFraction", charge, Range.SHARE));
    machine
        .held()
        .ifPresent(
            held ->
                to.object("held")
                    .count("sliceBytes", held.sliceBytes())
                    .count("peakTensorBytes", held.peakTensorBytes()));
  }

  private static MachineReport readMachine(Fields from) {
    return new MachineReport(
        from.number("cpuLoad", Range.SHARE),
        from.count("freeMemoryBytes", 0),
        from.optionalNumber("batteryFraction", Range.SHARE),
        from.optionalObject("held")
            .map(
                held ->
                    new MachineReport.Held(
                        held.count("sliceBytes", 0), held.count("peakTensorBytes", 0))));
  }
}
