package io.cleave.controller.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cleave.controller.control.LoopThread;
import io.cleave.controller.control.SiteState;
import io.cleave.policies.catalog.Option;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerEntry;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.plan.LearningPoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The method that decides, and those that could. */
@Path("/api")
final class PlannerResource {
  private static final int MOST_BYTES = 4096;
  private static final int PATIENCE_SECONDS = 5;

  private final PlannerCatalog catalog;
  private final SiteState site;
  private final LoopThread loop;
  private final ObjectMapper json;

  PlannerResource(SiteState site, LoopThread loop, ObjectMapper json) {
    this.catalog = site.settings().catalog();
    this.site = site;
    this.loop = loop;
    this.json = json;
  }

  /**
   * The planner that is followed.
   *
   * @param planner name or name{key=value,...}
   * @param learningCurve how it came to know what it has learned; empty if it has learned nothing
   */
  record PlannerView(String planner, List<LearningPoint> learningCurve) {}

  /** A planner that could be followed. */
  record KnownPlanner(String name, String alias, String origin, List<Option> options) {
    static KnownPlanner of(PlannerEntry entry) {
      return new KnownPlanner(
          entry.name(),
          entry.alias(),
          entry.origin().name().toLowerCase(Locale.ROOT),
          entry.options());
    }
  }

  @GET
  @Path("/planners")
  @Operation(summary = "Planners of the catalogue that a controller can follow")
  public List<KnownPlanner> known() {
    return catalog.entries().stream()
        .filter(entry -> !entry.byFrame())
        .map(KnownPlanner::of)
        .toList();
  }

  @GET
  @Path("/planner")
  @Operation(summary = "The planner that is followed")
  public PlannerView planner() {
    return view(site.planner());
  }

  @PUT
  @Path("/planner")
  @Operation(summary = "Follow another planner from the next report on")
  public PlannerView follow(InputStream body) throws IOException {
    try {
      PlannerSpec spec = spec(body.readNBytes(MOST_BYTES + 1));
      catalog.create(spec);
      loop.ask((live, now) -> live.follow(spec, now)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return view(spec);
    } catch (IllegalArgumentException wrong) {
      throw Errors.refusal(400, String.valueOf(wrong.getMessage()));
    } catch (ExecutionException | TimeoutException busy) {
      throw Errors.refusal(503, "The control loop is busy. Try again.");
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw Errors.refusal(503, "The controller is going down.");
    }
  }

  private PlannerView view(PlannerSpec spec) {
    return new PlannerView(spec.toString(), catalog.create(spec).learningCurve());
  }

  private PlannerSpec spec(byte[] body) {
    if (body.length > MOST_BYTES) {
      throw Errors.refusal(413, "The request may have at most %d bytes.".formatted(MOST_BYTES));
    }
    try {
      JsonNode planner = json.readTree(body).path("planner");
      if (!planner.isTextual()) {
        throw new IllegalArgumentException(
            "The request must be like {\"planner\":\"cleave\"}, with text.");
      }
      return PlannerSpec.parse(planner.textValue());
    } catch (IOException noJson) {
      throw new IllegalArgumentException("The request is no JSON.", noJson);
    }
  }
}
