package org.springframework.samples.petclinic.rest;

import org.springframework.samples.petclinic.service.ClinicService;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Owners and pets, for programs. */
@RestController
public class ClinicRestController {
  private final ClinicService clinic;
  private final OwnerMapper mapper = new OwnerMapper();

  public ClinicRestController(ClinicService clinic) {
    this.clinic = clinic;
  }

  @GetMapping("/api/owners")
  public String listOwners() {
    return "" + mapper.toDtos(clinic.findAllOwners());
  }

  @GetMapping("/api/pets")
  public String listPets() {
    return "" + clinic.findAllPets().stream().map(mapper::toDto).toList();
  }
}
