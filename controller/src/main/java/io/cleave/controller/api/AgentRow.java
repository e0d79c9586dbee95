package io.cleave.controller.api;

import io.cleave.controller.control.AgentState;
import io.cleave.controller.control.AgentState.Standing;
import io.cleave.controller.control.Sentence;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Capabilities.Wish;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.MachineReport;
import io.cleave.policies.wire.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An agent in a list. What is absent was not reported, or does not concern its role.
 *
 * @param standing online, silent, offline or quarantined
 * @param trouble why it is not admitted; absent if it is
 * @param correction by which its profile's times are multiplied
 * @param answers by exit, and how many of those that could be checked are right; absent if nothing
 *     of that is known
 * @param framesPerSecond that it is asked for
 * @param latencySeconds mean of the frames answered since the report before
 * @param planVersion in force at the device
 * @param plan what the last decision does at the rate that was seen
 * @param helpers servers that take part in it
 * @param remoteSeconds that a frame takes them by it
 * @param aloneSeconds that a frame takes the device if nobody helps, as far as is known
 */
record AgentRow(
    String name,
    List<String> roles,
    String deviceClass,
    boolean paced,
    boolean online,
    String standing,
    Optional<String> trouble,
    OptionalDouble reportAgeSeconds,
    Optional<LoadView> load,
    double correction,
    Optional<MachineReport> machine,
    List<LinkReport> links,
    Optional<FrameReport.Counts> frames,
    Optional<FrameReport.Answers> answers,
    Optional<ModelView> model,
    OptionalDouble framesPerSecond,
    OptionalDouble deadlineSeconds,
    OptionalDouble latencySeconds,
    OptionalDouble predictedSeconds,
    OptionalLong planVersion,
    Optional<String> plan,
    List<String> helpers,
    OptionalDouble remoteSeconds,
    OptionalDouble aloneSeconds,
    Optional<String> dataAddress) {

  static AgentRow of(AgentState agent, Instant now, Duration maxReportAge) {
    Optional<Report> report = agent.report();
    Optional<Wish> wish = agent.capabilities().device();
    Standing standing = agent.standing(now, maxReportAge);
    return new AgentRow(
        agent.name(),
        roles(agent),
        agent.capabilities().deviceClass(),
        agent.capabilities().paced(),
        standing == Standing.ONLINE,
        standing.name().toLowerCase(Locale.ROOT),
        Optional.of(agent.trouble()).filter(why -> !why.isEmpty()),
        report.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(age(agent.presence().heardAt(), now)),
        report.map(Report::load).map(LoadView::of),
        agent.correction(),
        report.flatMap(Report::machine),
        report.map(Report::links).orElse(List.of()),
        wish.map(any -> agent.frames()),
        Optional.of(agent.answers()).filter(told -> !told.equals(FrameReport.Answers.NONE)),
        wish.map(Wish::model).map(ModelView::of),
        number(wish.map(Wish::demand).map(Demand::framesPerSecond)),
        number(wish.map(Wish::demand).map(Demand::deadlineSeconds)),
        mean(report, true),
        mean(report, false),
        wish.isPresent() && report.isPresent()
            ? OptionalLong.of(report.get().planVersion())
            : OptionalLong.empty(),
        agent.decided().flatMap(decided -> plan(agent, decided)),
        agent.decided().map(AgentRow::helpers).orElse(List.of()),
        number(agent.decided().map(AgentRow::remoteSeconds)),
        number(agent.decided().flatMap(Verdict.Decided::seen).map(AgentRow::aloneSeconds)),
        agent.capabilities().dataAddress());
  }

  private static List<String> roles(AgentState agent) {
    List<String> roles = new ArrayList<>();
    if (agent.isDevice()) {
      roles.add("device");
    }
    if (agent.isServer()) {
      roles.add("server");
    }
    return roles;
  }

  private static Optional<String> plan(AgentState agent, Verdict.Decided decided) {
    return agent
        .graph()
        .map(graph -> Sentence.of(Sentence.planAt(decided), decided.decision().servers(), graph));
  }

  private static List<String> helpers(Verdict.Decided decided) {
    List<String> servers = decided.decision().servers();
    return Sentence.planAt(decided).stages().stream()
        .flatMap(stage -> stage.nodes().stream())
        .filter(node -> node != Stage.DEVICE)
        .distinct()
        .map(node -> servers.get(node - 1))
        .toList();
  }

  private static double remoteSeconds(Verdict.Decided decided) {
    return decided.decision().grounds().estimate().way().remote();
  }

  private static double aloneSeconds(Observation seen) {
    return seen.device().times().run(seen.graph().all());
  }

  private static double age(Instant then, Instant now) {
    return Math.max(0, Duration.between(then, now).toMillis() / 1000.0);
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.isPresent() ? Numbers.finite(value.get()) : OptionalDouble.empty();
  }

  private static OptionalDouble mean(Optional<Report> report, boolean measured) {
    return report.map(Report::frames).map(FrameReport::recent).orElse(List.of()).stream()
        .mapToDouble(frame -> measured ? frame.latencySeconds() : frame.predictedSeconds())
        .filter(Double::isFinite)
        .average();
  }
}
