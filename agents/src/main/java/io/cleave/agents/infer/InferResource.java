package io.cleave.agents.infer;

import io.cleave.agents.frame.Answer;
import io.cleave.agents.frame.Device;
import io.cleave.agents.frame.FrameRecord;
import io.cleave.agents.frame.Overloaded;
import io.cleave.transport.tensor.TensorValue;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Runs the network on what is posted: {@code application/octet-stream}, all inputs as they lie in
 * memory (little-endian, row-major), or an image. Answers with JSON, or raw if that is what is
 * accepted.
 */
@Path("/infer")
public final class InferResource {
  /** Milliseconds from now within which the answer is useful. */
  static final String DEADLINE = "Cleave-Deadline-Ms";

  static final String LATENCY = "Cleave-Latency-Ms";
  static final String PLAN = "Cleave-Plan";
  static final String VERSION = "Cleave-Plan-Version";
  static final String BY = "Cleave-Answered-By";
  private static final String ONE_LINE = "text/plain;charset=utf-8";

  private final Desk desk;

  @Inject
  InferResource(Desk desk) {
    this.desk = desk;
  }

  /** Refuses with 400, 413, 415 or 503 and one line. */
  @POST
  @Blocking
  @Consumes(MediaType.WILDCARD)
  public CompletionStage<Response> infer(
      byte[] body,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
      @HeaderParam(HttpHeaders.ACCEPT) String accept,
      @HeaderParam(DEADLINE) String deadline) {
    try {
      Device device = desk.device();
      List<TensorValue> inputs = desk.inputs(Optional.ofNullable(type).orElse(""), body);
      boolean raw =
          Optional.ofNullable(accept).orElse("").contains(MediaType.APPLICATION_OCTET_STREAM);
      return device
          .infer(inputs, desk.deadlineSeconds(Optional.ofNullable(deadline)))
          .handle((answer, failure) -> failure == null ? response(answer, raw) : refusal(failure));
    } catch (BadRequest bad) {
      return CompletableFuture.completedFuture(
          line(bad.status(), String.valueOf(bad.getMessage())));
    }
  }

  private static Response response(Answer answer, boolean raw) {
    if (answer instanceof Answer.Given given) {
      FrameRecord record = given.record();
      Object body = raw ? Outputs.raw(given.outputs()) : Reply.of(given);
      boolean device = answeredHere(given);
      return Response.ok(
              body, raw ? MediaType.APPLICATION_OCTET_STREAM : MediaType.APPLICATION_JSON)
          .header(LATENCY, String.format(Locale.ROOT, "%.3f", record.latencySeconds() * 1e3))
          .header(PLAN, record.lookup().stages())
          .header(VERSION, record.lookup().planVersion())
          .header(BY, device ? "device" : "server")
          .build();
    }
    String why = answer instanceof Answer.Failed failed ? failed.why() : "no answer";
    return line(500, "The network cannot be run: " + why);
  }

  private static boolean answeredHere(Answer.Given given) {
    List<Answer.Piece> pieces = given.pieces();
    return pieces.isEmpty() || pieces.get(pieces.size() - 1).server().isEmpty();
  }

  private static Response refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Overloaded
        ? line(503, String.valueOf(cause.getMessage()))
        : line(500, "The frame was lost: " + cause);
  }

  private static Response line(int status, String text) {
    return Response.status(status).type(ONE_LINE).entity(text + "\n").build();
  }
}
