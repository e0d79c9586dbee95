package io.cleave.policies.control;

import io.cleave.policies.plan.LinkState;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a device's last reports said of its uplinks. */
final class PastRates {
  private final Map<String, List<Bandwidth>> rates = new HashMap<>(); // [server] newest first

  /** A report came in; links that it does not name are forgotten. */
  void hear(Report report) {
    List<String> named = report.links().stream().map(LinkReport::server).toList();
    rates.keySet().retainAll(named);
    for (LinkReport link : report.links()) {
      List<Bandwidth> known = rates.computeIfAbsent(link.server(), none -> new ArrayList<>());
      known.add(0, new Bandwidth(link.uplinkBitsPerSecond()));
      if (known.size() > LinkState.PAST + 1) {
        known.remove(known.size() - 1);
      }
    }
  }

  /** What was said before the last report, the newest first. */
  List<Bandwidth> before(String server) {
    List<Bandwidth> known = rates.getOrDefault(server, List.of());
    return known.isEmpty() ? known : known.subList(1, known.size());
  }
}
