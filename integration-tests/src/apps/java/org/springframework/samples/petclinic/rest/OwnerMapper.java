package org.springframework.samples.petclinic.rest;

import java.util.List;
import org.springframework.samples.petclinic.owner.Owner;
import org.springframework.samples.petclinic.owner.Pet;

/** What programs see of entities. */
class OwnerMapper {
  List<String> toDtos(List<Owner> owners) {
    return owners.stream().map(this::toDto).toList();
  }

  private String toDto(Owner owner) {
    return owner.getLastName() + owner.getPets().stream().map(this::toDto).toList();
  }

  String toDto(Pet pet) {
    return pet.getName() + " " + pet.getType() + " " + pet.getVisits().size();
  }
}
