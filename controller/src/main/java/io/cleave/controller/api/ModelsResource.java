package io.cleave.controller.api;

import io.cleave.controller.control.LoopThread;
import io.cleave.controller.model.ModelFolder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** ONNX files by the hash of their content. */
@Path("/api/models")
final class ModelsResource {
  private final ModelFolder models;
  private final LoopThread loop;

  ModelsResource(ModelFolder models, LoopThread loop) {
    this.models = models;
    this.loop = loop;
  }

  /** What an upload became. */
  record Uploaded(String sha256) {}

  @GET
  @Path("/{sha256}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "An ONNX file")
  public java.nio.file.Path model(@PathParam("sha256") String sha256) {
    return models
        .find(sha256)
        .orElseThrow(
            () -> Errors.refusal(404, "There is no model with the hash %s.".formatted(sha256)));
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Takes an ONNX file in; with ?sha256= only if that is its hash")
  public Uploaded add(InputStream content, @QueryParam("sha256") Optional<String> sha256) {
    String hash = models.add(content, sha256);
    loop.put((live, now) -> live.onModel());
    return new Uploaded(hash);
  }

  /** Devices that are admitted already plan with them from their next birth on. */
  @POST
  @Path("/{sha256}/answers")
  @ResponseStatus(201)
  @Operation(summary = "Takes in what a model's exits answered, as measured at training")
  public Uploaded addExits(InputStream content, @PathParam("sha256") String sha256) {
    models.addExits(content, sha256);
    loop.put((live, now) -> live.onModel());
    return new Uploaded(sha256);
  }

  /** Devices that are admitted already plan with them from their next birth on. */
  @POST
  @Path("/{sha256}/codecs")
  @ResponseStatus(201)
  @Operation(
      summary = "Takes in what codecs make of a model's tensors, as ./cleave model codecs says")
  public Uploaded addSizes(InputStream content, @PathParam("sha256") String sha256) {
    models.addSizes(content, sha256);
    loop.put((live, now) -> live.onModel());
    return new Uploaded(sha256);
  }
}
