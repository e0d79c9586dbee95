package io.cleave.testbed.experiment;

import io.cleave.policies.control.Targeting;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.testbed.settings.Section;
import io.cleave.testbed.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what an experiment file says of a site with many devices. */
final class CrowdReferences {
  private final TraceReferences traces;
  private final List<String> servers;

  /**
   * @param servers names of all
   */
  CrowdReferences(TraceReferences traces, List<String> servers) {
    this.traces = traces;
    this.servers = servers;
  }

  /** Many devices instead of one, if the experiment says so. */
  Optional<Experiment.Crowd> crowd(Section top) {
    if (!top.has("site")) {
      return Optional.empty();
    }
    Section section = top.section("site");
    int devices = section.count("devices", 1, 100_000);
    List<Experiment.Loss> losses = new ArrayList<>();
    List<Experiment.Move> moves = new ArrayList<>();
    for (Section event : events(section)) {
      if (event.has("lost")) {
        losses.add(new Experiment.Loss(seconds(event), server(event, "lost")));
      } else {
        moves.add(move(event, devices));
      }
    }
    return Optional.of(
        new Experiment.Crowd(
            devices,
            section.items("classes").stream()
                .map(each -> Section.parsed(each, DeviceClass::byId))
                .toList(),
            section.count("reach", 1, servers.size()),
            section.items("targeting").stream()
                .map(each -> Section.parsed(each, Targeting::byId))
                .toList(),
            new Experiment.Course(losses, moves, churn(section))));
  }

  private static Optional<Experiment.Churn> churn(Section site) {
    if (!site.has("churn")) {
      return Optional.empty();
    }
    Section churn = site.section("churn");
    return Optional.of(
        new Experiment.Churn(mean(churn, "stay-seconds"), mean(churn, "away-seconds")));
  }

  private static double mean(Section churn, String key) {
    return churn.number(key, n -> n >= 0.1 && n <= 1e6, "from 0.1 to 1e6");
  }

  private static List<Section> events(Section site) {
    List<Section> events = new ArrayList<>();
    for (Setting event : site.has("events") ? site.items("events") : List.<Setting>of()) {
      if (!(event instanceof Setting.Fields fields)) {
        throw event.error(
            "an event is a server that is lost, {at-seconds, lost}, or a device that moves, {at-seconds, device, server, trace}.");
      }
      events.add(new Section(fields));
    }
    return events;
  }

  private Experiment.Move move(Section event, int devices) {
    String device = event.text("device");
    int number = number(device);
    if (number < 1 || number > devices) {
      throw event
          .at("device")
          .error("devices are device-1 to device-%d, not \"%s\".".formatted(devices, device));
    }
    Optional<String> server =
        event.has("server") ? Optional.of(server(event, "server")) : Optional.empty();
    return new Experiment.Move(seconds(event), device, server, traces.trace(event.at("trace")));
  }

  private static int number(String device) {
    return device.matches("device-[0-9]{1,6}")
        ? Integer.parseInt(device.substring("device-".length()))
        : 0;
  }

  private String server(Section event, String key) {
    String name = event.text(key);
    if (!servers.contains(name)) {
      throw event
          .at(key)
          .error("servers are %s, not \"%s\".".formatted(String.join(", ", servers), name));
    }
    return name;
  }

  private static double seconds(Section event) {
    return event.number("at-seconds", n -> n > 0, "above 0");
  }
}
