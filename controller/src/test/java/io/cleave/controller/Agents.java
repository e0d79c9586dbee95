package io.cleave.controller;

import io.cleave.policies.plan.Demand;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Capacity;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.ModelReference;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statuses and reports as agents would send them. */
public final class Agents {
  public static final String SHA = "0".repeat(64);

  private Agents() {}

  /** A Raspberry-Pi-class device with AlexNet. */
  public static Status device(String name, long epoch) {
    return device(name, epoch, "zoo:alexnet");
  }

  /** The same with another network. */
  public static Status device(String name, long epoch, String model) {
    return device(name, epoch, model, SHA);
  }

  /** The same with a network of this hash. */
  public static Status device(String name, long epoch, String model, String sha256) {
    return new Status(
        name,
        epoch,
        Optional.of(
            new Capabilities(
                "raspberry-pi-3b",
                false,
                Optional.of(
                    new Capabilities.Wish(
                        new ModelReference(model, sha256, Map.of()), new Demand(1, 2, 0))),
                Optional.empty())));
  }

  /** A desktop-class server. */
  public static Status server(String name, long epoch) {
    return server(name, epoch, Capacity.ANY);
  }

  /** One that takes no more than this. */
  public static Status server(String name, long epoch, Capacity capacity) {
    return new Status(
        name,
        epoch,
        Optional.of(
            new Capabilities(
                "desktop",
                false,
                Optional.empty(),
                Optional.of(new Capabilities.Serving("127.0.0.1:1", capacity)))));
  }

  /** A server's report. */
  public static Report report(String name, long epoch, long sequence) {
    return new Report(name, new Stamp(epoch, sequence), LoadReport.IDLE, List.of(), List.of(), 0);
  }

  /** A device's report of a link. */
  public static Report report(
      String name, Stamp stamp, String server, double uplinkMbps, long planVersion) {
    LinkReport link =
        new LinkReport(server, uplinkMbps * 1e6, uplinkMbps * 1e6, 0.01, List.of(1.0));
    return new Report(name, stamp, LoadReport.IDLE, List.of(link), List.of(), planVersion);
  }

  /** The same, which says what frames were told as well. */
  public static Report answered(
      String name, Stamp stamp, String server, FrameReport.Answers answers) {
    Report plain = report(name, stamp, server, 20, 0);
    FrameReport frames =
        new FrameReport(new FrameReport.Counts(40, 40, 0, 0, 0), answers, List.of());
    return new Report(
        name, stamp, plain.load(), plain.links(), List.of(), 0, frames, Optional.empty());
  }
}
