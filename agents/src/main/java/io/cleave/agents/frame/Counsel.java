package io.cleave.agents.frame;

import io.cleave.agents.link.Links;
import io.cleave.agents.probe.MeasuredRuns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says under which plan the frame that starts now runs. Owned by the loop. */
final class Counsel {
  private final Adoption adoption;
  private final Links links;
  private final MeasuredRuns measured;
  private final Course safe;
  private final FrameCounts counts;
  private boolean offloading = true;

  /**
   * @param safe what is run if nothing else can be
   */
  Counsel(Adoption adoption, Links links, MeasuredRuns measured, Course safe, FrameCounts counts) {
    this.adoption = adoption;
    this.links = links;
    this.measured = measured;
    this.safe = safe;
    this.counts = counts;
  }

  /** Without it, every frame runs under the safe plan. */
  void offload(boolean allowed) {
    offloading = allowed;
  }

  /** The plan in force at the freshest estimate; the safe one if that cannot be run. */
  Lookup choose() {
    String server = adoption.server();
    double rate = server.isEmpty() ? 0 : links.uplinkBitsPerSecond(server);
    Optional<Course> planned = adoption.at(rate);
    Optional<Course> course = planned.filter(this::runnable);
    if (planned.isPresent() && course.isEmpty()) {
      counts.withheld.incrementAndGet();
    }
    return course
        .map(taken -> new Lookup(taken, adoption.version(), rate, predicted(taken, rate)))
        .orElseGet(() -> new Lookup(safe, 0, rate, safe.nearSeconds() * measured.slowdown()));
  }

  private double predicted(Course course, double rate) {
    return course.predictedSeconds(rate, measured.slowdown());
  }

  private boolean runnable(Course course) {
    return course.isLocal()
        || (offloading && adoption.ready(course, Optional.empty()) && course.bears(away(course)));
  }

  private Set<String> away(Course course) {
    return course.servers().stream()
        .filter(name -> !links.open(List.of(name)) || !adoption.ready(course, Optional.of(name)))
        .collect(Collectors.toSet());
  }
}
