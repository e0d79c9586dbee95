package io.cleave.controller.api;

import io.cleave.controller.control.Series;
import io.cleave.controller.control.SiteState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a device reported over the last five minutes. */
@Path("/api/agents/{name}")
final class SeriesResource {
  private static final String HEADER =
      "unix_seconds,uplink_mbps,latency_ms,predicted_ms,plan_version\n";

  private final SiteState site;

  SeriesResource(SiteState site) {
    this.site = site;
  }

  /**
   * One report. What was not measured is absent.
   *
   * @param latencySeconds mean of the frames answered since the report before
   * @param predictedSeconds of the same frames
   */
  record PointView(
      double unixSeconds,
      OptionalDouble uplinkBitsPerSecond,
      OptionalDouble latencySeconds,
      OptionalDouble predictedSeconds,
      long planVersion) {
    static PointView of(Series.Point point) {
      return new PointView(
          point.unixSeconds(),
          Numbers.finite(point.uplinkBitsPerSecond()),
          Numbers.finite(point.latencySeconds()),
          Numbers.finite(point.predictedSeconds()),
          point.planVersion());
    }
  }

  @GET
  @Path("/series")
  @Operation(summary = "Link and latency over the last five minutes, oldest first")
  public List<PointView> series(@PathParam("name") String name) {
    return points(name).stream().map(PointView::of).toList();
  }

  @GET
  @Path("/series.csv")
  @Produces("text/csv")
  @Operation(summary = "The same as CSV; what was not measured is nan")
  public String csv(@PathParam("name") String name) {
    StringBuilder csv = new StringBuilder(HEADER);
    points(name)
        .forEach(
            point ->
                csv.append(
                    String.format(
                        Locale.ROOT,
                        "%.3f,%s,%s,%s,%d%n",
                        point.unixSeconds(),
                        cell(point.uplinkBitsPerSecond() / 1e6),
                        cell(point.latencySeconds() * 1e3),
                        cell(point.predictedSeconds() * 1e3),
                        point.planVersion())));
    return csv.toString();
  }

  private List<Series.Point> points(String name) {
    return site.agent(name)
        .orElseThrow(() -> Errors.refusal(404, "There is no agent %s.".formatted(name)))
        .series()
        .points();
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "nan" : String.format(Locale.ROOT, "%.3f", value);
  }
}
