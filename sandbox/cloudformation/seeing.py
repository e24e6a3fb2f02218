"""Seeing: saved queries; dashboards are as moto has them."""

from typing import Any, Self

import botocore.session
from botocore.validate import validate_parameters

from sandbox.cloudformation.extension import Extension, Properties, known_to_moto


@known_to_moto
class QueryDefinition(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-querydefinition.html.

    moto has no saved queries: what is asked for is checked against the API, and kept nowhere.
    """

    TYPE = "AWS::Logs::QueryDefinition"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Check what would be saved."""
        model = botocore.session.get_session().get_service_model("logs")
        shape: Any = model.operation_model("PutQueryDefinition").input_shape
        lowered = {key[0].lower() + key[1:]: value for key, value in properties.items()}
        if unknown := lowered.keys() - shape.members.keys():
            raise NotImplementedError(f"a saved query has no {', '.join(sorted(unknown))}")
        validate_parameters(lowered, shape)
        return cls(name, region, {"QueryDefinitionId": name})

    def remove(self) -> None:
        """Nothing is kept."""
